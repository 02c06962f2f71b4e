"""Hears the hints of all processes, on one LISTEN connection that is made anew when it fails."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

import asyncpg

from xogql.live.connection import connected
from xogql.live.hints import EVERYTHING, Hints, parse
from xogql.live.jobs import Backoff, supervise

LISTENER = "xogql listener"
"""The application name of the connection, as pg_stat_activity shows it."""

# Reading the queue's usage also frees what is no longer needed of it: once the queue was full,
# notifying transactions go on failing until somebody asks.
_HEARTBEAT = """
select pg_notification_queue_usage() as queue_usage,
       exists (select from pg_listening_channels() as heard (channel) where channel = $1) as listens
"""

COMPANY = 60.0
"""How long after its last hint another process is taken to be there, in seconds."""


class Listener:
    """Adds what others notify on *channel* to *hints*.

    *healthy*: whether it listens and the last heartbeat was answered. *queue_usage*: how full the
    cluster's notification queue is, from 0 to 1. *heartbeat*: seconds between two.
    *patience*: seconds in which an answer must come. *is_own*: tells by the server's process
    whether this process notified: it has no need to hear that again.
    """

    def __init__(
        self,
        dsn: str,
        hints: Hints,
        *,
        channel: str,
        heartbeat: float,
        patience: float,
        is_own: Callable[[int], bool] = lambda _: False,
    ) -> None:
        self.healthy = False
        self.queue_usage = 0.0
        self._others_heard_at = -COMPANY
        self._dsn = dsn
        self._hints = hints
        self._channel = channel
        self._heartbeat = heartbeat
        self._patience = patience
        self._is_own = is_own
        self._backoff = Backoff()

    @property
    def in_company(self) -> bool:
        """Whether another process was heard lately."""
        return time.monotonic() - self._others_heard_at < COMPANY

    async def run(self) -> None:
        """Listen for ever."""
        await supervise("listener", self._listen, self._backoff)

    async def _listen(self) -> None:
        lost = asyncio.Event()
        try:
            async with connected(self._dsn, LISTENER, patience=self._patience) as connection:
                connection.add_termination_listener(lambda _: lost.set())
                await connection.add_listener(self._channel, self._hear)
                # Nothing is delivered for the time away.
                self._hints.add([EVERYTHING])
                while not lost.is_set():
                    await self._beat(connection)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(self._heartbeat):
                            await lost.wait()
        finally:
            self.healthy = False
        raise ConnectionResetError

    async def _beat(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        """Ask for an answer: a connection can be dead in silence."""
        answer = await connection.fetchrow(_HEARTBEAT, self._channel)
        if answer is None or not answer["listens"]:
            raise ConnectionError
        self.queue_usage = answer["queue_usage"]
        self.healthy = True
        self._backoff.reset()

    def _hear(self, _connection: object, pid: int, _channel: str, payload: object) -> None:
        if not self._is_own(pid):
            self._others_heard_at = time.monotonic()
            self._hints.add(parse(str(payload)))
