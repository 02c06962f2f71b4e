"""How to command and follow a game with gql."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from itertools import count
from random import uniform
from typing import Any

from gql import Client, GraphQLRequest
from gql.transport.exceptions import (
    TransportConnectionFailed,
    TransportQueryError,
    TransportServerError,
)
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport
from websockets import ConnectionClosed

PASSING = {"BUSY", "OVERLOADED", "RATE_LIMITED", "TIMEOUT", "UNAVAILABLE", "TOKEN_EXPIRED"}
"""The same request may succeed later."""


class Tokens:
    """Keeps the token that *issue* gives until the server refuses it, then asks for another."""

    def __init__(self, issue: Callable[[], Awaitable[str]]) -> None:
        self._issue = issue
        self._kept = ""

    async def header(self) -> dict[str, str]:
        self._kept = self._kept or await self._issue()
        return {"Authorization": self._kept} if self._kept else {}

    def refused(self) -> None:
        self._kept = ""


async def pause(attempts: int) -> None:
    """Wait before another attempt: longer each time, but 5 seconds at most."""
    await asyncio.sleep(min(5.0, 0.25 * 2 ** min(attempts, 5)) * uniform(0.5, 1))


async def answer(url: str, tokens: Tokens, request: GraphQLRequest) -> dict[str, Any]:
    """Send a query or mutation until it is answered."""
    for attempts in count():
        transport = HTTPXAsyncTransport(f"{url}/graphql", headers=await tokens.header())
        try:
            async with Client(transport=transport) as session:
                data: dict[str, Any] = await session.execute(request)
                return data
        except TransportConnectionFailed:
            pass
        except TransportServerError as error:  # no answer of GraphQL: a proxy's
            if error.code is None or error.code < 500:
                raise
        except TransportQueryError as error:
            codes = {each["extensions"]["code"] for each in error.errors or []}
            if not codes & PASSING:
                raise
            if "TOKEN_EXPIRED" in codes:
                tokens.refused()
        await pause(attempts)
    raise AssertionError


async def follow(
    url: str, tokens: Tokens, request: GraphQLRequest
) -> AsyncGenerator[dict[str, Any]]:
    """Give every event past `after`, in order and once, until the game is over."""
    variables = {"after": 0, **(request.variable_values or {})}
    for attempts in count():
        socket_url = f"ws{url.removeprefix('http')}/graphql"
        transport = WebsocketsTransport(socket_url, init_payload=await tokens.header())
        request = GraphQLRequest(request, variable_values=variables)
        try:
            async with Client(transport=transport) as session:
                async for data in session.subscribe(request):
                    variables["after"] = data["gameEvents"]["version"]
                    yield data["gameEvents"]
                return
        except TransportConnectionFailed as lost:
            closed = lost.__cause__
            if isinstance(closed, ConnectionClosed) and closed.rcvd and closed.rcvd.code == 4403:
                tokens.refused()
        await pause(attempts)
