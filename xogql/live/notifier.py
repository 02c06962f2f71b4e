"""Tells other processes: one NOTIFY under way, and all that grew meanwhile in the next."""

import asyncio
from collections.abc import Callable

from xogql.live.connection import connected
from xogql.live.hints import Hints, payloads
from xogql.live.jobs import Backoff, supervise

NOTIFIER = "xogql notifier"
"""The application name of the connection, as pg_stat_activity shows it."""

LINGER = 0.02
"""So long hints wait for others to go with, in seconds: whoever is here was woken already."""

LINGER_IN_COMPANY = 0.002
"""The same where other processes have something to say, too: somebody there may be waiting."""

_NOTIFY = "select pg_notify($1, payload) from unnest($2::text[]) as payload"


class Notifier:
    """Notifies what is in *hints*, on a connection of its own.

    A NOTIFY in the append's transaction would hold a lock of the whole database through the
    disk's fsync. *patience*: seconds in which an answer must come. *in_company*: tells
    whether other processes are about. *pid*: of the server's process that notifies, as listeners
    are told it.
    """

    def __init__(
        self,
        dsn: str,
        hints: Hints,
        *,
        channel: str,
        patience: float,
        in_company: Callable[[], bool] = lambda: True,
    ) -> None:
        self._dsn = dsn
        self._hints = hints
        self._channel = channel
        self._patience = patience
        self._in_company = in_company
        self._backoff = Backoff()
        self.pid: int | None = None

    async def run(self) -> None:
        """Notify for ever."""
        await supervise("notifier", self._notify, self._backoff)

    async def _notify(self) -> None:
        async with connected(self._dsn, NOTIFIER, patience=self._patience) as connection:
            self.pid = connection.get_server_pid()
            while True:
                await self._hints.some()
                await asyncio.sleep(LINGER_IN_COMPANY if self._in_company() else LINGER)
                hints = await self._hints.take()
                try:
                    await connection.execute(_NOTIFY, self._channel, list(payloads(hints)))
                except Exception:
                    self._hints.add(hints)
                    raise
                self._backoff.reset()
