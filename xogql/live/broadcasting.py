"""A backend for broadcaster that carries hints over Postgres and survives what may befall it."""

import asyncio
from contextlib import AsyncExitStack

from broadcaster import BroadcastBackend, Event

from xogql.live.hints import Hints, parse, words
from xogql.live.jobs import running
from xogql.live.listener import Listener
from xogql.live.notifier import Notifier

CHANNEL = "xogql"

CLOSED = ""
"""The last message of every subscription, when the backend is disconnected."""


class PostgresBackend(BroadcastBackend):
    """Give it to `Broadcast(backend=...)`. Its messages are hints, its one channel is *channel*.

    Messages are coalesced: none is lost while all is well, but of several hints of one stream
    only the last may arrive. After any trouble the message `*` says that all may have changed.

    *dsn*: `postgresql://…`, no pooler between. *heartbeat*: seconds between two proofs that the
    listening connection lives. *patience*: seconds in which an answer must come. *echo*: whether
    this process hears what it publishes; who has told everybody here needs none.
    """

    def __init__(
        self,
        dsn: str,
        *,
        channel: str = CHANNEL,
        heartbeat: float = 1.0,
        patience: float = 2.0,
        echo: bool = True,
    ) -> None:
        self._channel = channel
        self._echo = echo
        self._heard, self._said = Hints(), Hints()
        self._notifier = Notifier(
            dsn,
            self._said,
            channel=channel,
            patience=patience,
            in_company=lambda: self._listener.in_company,
        )
        self._listener = Listener(
            dsn,
            self._heard,
            channel=channel,
            heartbeat=heartbeat,
            patience=patience,
            is_own=lambda pid: pid == self._notifier.pid,
        )
        self._subscribed: set[str] = set()
        self._jobs = AsyncExitStack()
        self._closing = False

    @property
    def healthy(self) -> bool:
        """Whether it listens and the last heartbeat was answered."""
        return self._listener.healthy

    @property
    def in_company(self) -> bool:
        """Whether another process was heard lately."""
        return self._listener.in_company

    @property
    def queue_usage(self) -> float:
        """How full the cluster's notification queue is, from 0 to 1."""
        return self._listener.queue_usage

    async def connect(self) -> None:
        """Begin to connect; never fails: connections are made, and made anew, behind the scenes."""
        self._closing = False
        await self._jobs.enter_async_context(running(self._listener.run, self._notifier.run))

    async def disconnect(self) -> None:
        """End all connections and, by a last message CLOSED, all subscriptions."""
        self._closing = True
        await self._jobs.aclose()

    async def subscribe(self, channel: str) -> None:
        """See BroadcastBackend. Never suspends: broadcaster would lose other subscribers then."""
        self._subscribed.add(channel)

    async def unsubscribe(self, channel: str) -> None:
        """See BroadcastBackend. Never suspends."""
        self._subscribed.discard(channel)

    async def publish(self, channel: str, message: str) -> None:
        """Hint to others soon, and to this process at once; never raises, never suspends."""
        if channel == self._channel:
            hints = list(parse(message))
            self._said.add(hints)
            if self._echo:
                self._heard.add(hints)

    async def next_published(self) -> Event:
        """Give all hints that have come in one message.

        Broadcast cancels its wait here before it calls `disconnect`: CLOSED is served after that.
        """
        try:
            if not self._closing:
                return Event(self._channel, " ".join(words(await self._heard.take())))
        except asyncio.CancelledError:
            if not self._closing:
                raise
        if not self._subscribed:
            raise asyncio.CancelledError
        return Event(self._subscribed.pop(), CLOSED)
