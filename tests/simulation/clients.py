"""Those outside: they come back after every fault, as docs/protocol.md tells them to."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from uuid import UUID

from tests.simulation.clock import now
from tests.simulation.fleet import Fleet
from tests.simulation.log import SharedLog
from tests.simulation.promises import Promises
from tests.simulation.server import Server, ServerLostError
from xogql import game
from xogql.game import Cell, Mark, MoveMade, PlayerId
from xogql.store.event_store import (
    Append,
    EventStoreError,
    Stream,
)

Games = Stream[game.Event]

ANN = PlayerId("ann")


class Writer:
    """Appends to a stream, each command until it is done."""

    def __init__(self, log: SharedLog, fleet: Fleet, stream: Games, lengths: Sequence[int]) -> None:
        self._log = log
        self._fleet = fleet
        self._stream = stream
        self._lengths = lengths

    async def run(self) -> None:
        """Append, at moments of its own."""
        for length in self._lengths:
            await self._log.moment()
            command_id = UUID(int=self._log.dice.getrandbits(128))
            while not await self._tried(command_id, length):
                pass

    async def _tried(self, command_id: UUID, length: int) -> bool:
        server = await self._fleet.any()
        try:
            await server.serve(self._append(server, command_id, length))
        except (ServerLostError, EventStoreError):
            await asyncio.sleep(self._log.dice.uniform(0, 1))
            return False
        return True

    async def _append(self, server: Server, command_id: UUID, length: int) -> None:
        if await server.store.find(self._stream, command_id):
            return
        version = len(await server.store.read(self._stream))
        events = [MoveMade(Mark.X, Cell(0, version + each)) for each in range(length)]
        await server.store.append(Append(self._stream, version, events, ANN, command_id, 0))


class Follower:
    """Follows a stream to its end; leaves, and comes back, as often as it is told."""

    def __init__(self, promises: Promises, fleet: Fleet, stream: Games, end: int) -> None:
        dice = promises.log.dice
        self._promises = promises
        self._dice = dice
        self._fleet = fleet
        self._stream = stream
        self._end = end
        self._cursor = dice.choice((0, dice.randint(0, end)))
        self._slowness = dice.choice((0.0, 0.0, 0.3))
        self._visits = dice.choice((0, 0, 3))

    async def run(self) -> None:
        """Follow to the end."""
        await self._promises.log.moment()
        while self._cursor < self._end:
            server = await self._fleet.any()
            self._visits -= 1
            try:
                async with asyncio.timeout(self._dice.uniform(0, 2) if self._visits > 0 else None):
                    await server.serve(self._follow(server))
            except (ServerLostError, TimeoutError):
                await asyncio.sleep(self._dice.uniform(0, 0.5))

    async def _follow(self, server: Server) -> None:
        """Follow once; the cursor that it sends may be an old one."""
        seen = after = self._dice.choice((self._cursor, self._dice.randint(0, self._cursor)))
        asked = now()
        async with aclosing(server.feed.follow(self._stream, after=after)) as events:
            async for recorded in events:
                self._promises.next_event(self._stream.name, seen, recorded)
                self._promises.in_time(recorded, max(asked, server.since))
                seen = recorded.version
                self._cursor = max(self._cursor, seen)
                if seen == self._end:
                    return
                await asyncio.sleep(self._dice.uniform(0, self._slowness))
                asked = now()


class Watcher:
    """Watches the list until all is over, and knows it by its changes."""

    def __init__(self, promises: Promises, fleet: Fleet) -> None:
        self._promises = promises
        self._dice = promises.log.dice
        self._fleet = fleet
        self._done = False

    async def run(self) -> None:
        """Watch to the end."""
        await self._promises.log.moment()
        while not self._done:
            server = await self._fleet.any()
            try:
                await server.serve(self._watch(server))
            except ServerLostError:
                await asyncio.sleep(self._dice.uniform(0, 0.5))

    async def _watch(self, server: Server) -> None:
        listed: frozenset[str] = frozenset()
        seen, asked = 0, now()
        async with aclosing(server.lobby.follow()) as changes:
            async for change in changes:
                kept = frozenset() if change.snapshot else listed - frozenset(change.unlisted)
                listed = kept | frozenset(change.listed)
                seen = self._promises.next_list(seen, listed, max(asked, server.since))
                if self._promises.is_last(seen):
                    self._done = True
                    return
                await asyncio.sleep(self._dice.choice((0.0, 0.3)))
                asked = now()
