"""One server process: a bell, a feed and a lobby of its own, until it stops or crashes."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from tests.simulation.carrier import Carrier
from tests.simulation.clock import now
from tests.simulation.log import SharedLog, View
from tests.simulation.weather import PATIENCE
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.feed import Feed
from xogql.live.lobby import TOPIC, Lobby
from xogql.store.codec import Event
from xogql.store.event_store import Recorded

T = TypeVar("T")


class ServerLostError(Exception):
    """The process went while it served: nobody knows how far it came."""


class Server:
    """What `xogql.app` makes of a bell, run by its own tasks.

    *since*: when it was started.
    """

    def __init__(self, name: str, log: SharedLog, carrier: Carrier) -> None:
        self.name = name
        self.since = now()
        self.bell = Bell(
            PostgresBackend(name, heartbeat=log.weather.heartbeat, patience=PATIENCE),
            backstop=log.weather.backstop,
        )
        self.store = View(log, self._ring)
        self.feed = Feed(self.store, self.bell.wakeups, self.bell.tails)
        self.lobby = Lobby(self.bell.wakeups, self.store.listed)
        self._carrier = carrier
        self._stopping = asyncio.Event()
        self._serving: list[asyncio.Task[Any]] = []
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def serve(self, request: Coroutine[Any, Any, T]) -> T:
        """Carry a client's request out, unless the process goes first.

        Raises:
            ServerLostError: if it did.
        """
        task = asyncio.get_running_loop().create_task(request)
        self._serving.append(task)
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
            self._serving.remove(task)
        if task.cancelled():
            raise ServerLostError
        return task.result()

    async def stop(self) -> None:
        """Stop as told to: who is served is sent away first."""
        self._disconnect()
        self._stopping.set()
        await self._running

    async def crash(self) -> None:
        """Stop at once: nothing more of it reaches the world."""
        self._carrier.cut_off(self.name)
        self._disconnect()
        self._running.cancel()
        await asyncio.wait([self._running])
        if not self._running.cancelled():
            self._running.result()

    def leftovers(self) -> Sequence[str]:
        """Tell what is still registered, though nobody is served."""
        left = {
            "sleepers": self.bell.wakeups._sleepers,
            "tails": self.bell.tails._tails,
            "subscribers": self.bell._broadcast._subscribers,
            "requests": self._serving,
        }
        return [f"{self.name}: {name} {what}" for name, what in left.items() if what]

    async def _run(self) -> None:
        async with self.bell.listening(self.store):
            await self._stopping.wait()

    def _ring(self, recorded: Sequence[Recorded[Event]]) -> None:
        self.bell.ring(recorded)
        self.bell.publish(TOPIC)

    def _disconnect(self) -> None:
        for each in self._serving:
            each.cancel()
