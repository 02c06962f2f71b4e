"""Results as server-sent events: graphql-sse, distinct connections.

Protocol: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

from collections.abc import AsyncGenerator, AsyncIterator

from sse_starlette import EventSourceResponse, ServerSentEvent

from xogql.api.context import Context

HEARTBEAT = 12
"""Seconds between two comments that keep proxies from cutting an idle stream."""

SEND_TIMEOUT = 10
LINE_FEED = "\n"
"""urql splits on two of them, and CRLF is not one."""


def event_stream(payloads: AsyncGenerator[bytes], context: Context) -> EventSourceResponse:
    """Answer with each payload the moment it is there, then with `complete`."""
    return EventSourceResponse(
        _events(payloads, context),
        ping=HEARTBEAT,
        sep=LINE_FEED,
        send_timeout=SEND_TIMEOUT,
        headers={"cache-control": "private, no-store", "x-accel-buffering": "no"},
    )


async def _events(
    payloads: AsyncGenerator[bytes], context: Context
) -> AsyncIterator[ServerSentEvent]:
    async for payload in payloads:
        yield ServerSentEvent(
            payload.decode(),
            event="next",
            id=None if context.told is None else str(context.told),
            sep=LINE_FEED,
        )
    yield ServerSentEvent("", event="complete", sep=LINE_FEED)
