"""Server processes for the tests: each its own pool, bell, store and feed, on one database."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from random import uniform
from typing import TypeVar
from uuid import uuid4

from xogql import game
from xogql.game import Cell, Mark, MoveMade, PlayerId
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.feed import Feed
from xogql.live.wakeups import Sleeper
from xogql.store.codec import GAMES
from xogql.store.engine import make_engine
from xogql.store.event_store import Append, EventStore, Recorded, Stream
from xogql.store.postgres import PostgresEventStore

E = TypeVar("E")

HOUR = 3600.0
"""A backstop so far away that what arrives came by a hint."""

NOWHERE = "postgresql://xogql@127.0.0.1:1/nowhere"
ANN = PlayerId("ann")

Games = Stream[game.Event]
Moves = Sequence[Recorded[game.Event]]


def new_stream() -> Games:
    return Stream(GAMES, f"game-{uuid4()}")


def moves(count: int, row: int = 0) -> list[game.Event]:
    return [MoveMade(Mark.X, Cell(row, column)) for column in range(count)]


def command(stream: Games, version: int, events: Sequence[game.Event]) -> Append[game.Event]:
    return Append(stream, version, events, ANN, uuid4(), fingerprint=0)


async def append(store: EventStore, stream: Games, *, after: int = 0, count: int = 1) -> Moves:
    return await store.append(command(stream, after, moves(count)))


async def take(feed: Feed, stream: Games, count: int, *, after: int = 0) -> Moves:
    """Follow until there were *count* events."""
    taken: list[Recorded[game.Event]] = []
    async with asyncio.timeout(20), aclosing(feed.follow(stream, after=after)) as events:
        async for recorded in events:
            taken.append(recorded)
            if len(taken) == count:
                break
    return taken


def versions(recorded: Moves) -> list[int]:
    return [each.version for each in recorded]


async def until(condition: Callable[[], object]) -> None:
    """Wait for what the process tells by a flag only."""
    async with asyncio.timeout(20):
        while True:
            if condition():
                return
            await asyncio.sleep(0.005)


class CountingStore(PostgresEventStore):
    """Counts how often the table was asked; its answers take up to *latency* seconds more."""

    reads = 0
    latency = 0.0

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        self.reads += 1
        found = await super().read_many(streams, most=most)
        if self.latency:
            await asyncio.sleep(uniform(0, self.latency))
        return found


@dataclass(frozen=True)
class Process:
    backend: PostgresBackend
    bell: Bell
    store: CountingStore
    feed: Feed

    async def is_listening(self) -> None:
        await until(lambda: self.backend.healthy)

    def is_idle(self) -> bool:
        """Nobody follows anything here: nothing is left of those who did."""
        return not self.bell.wakeups._sleepers and not self.bell.tails._tails

    async def sleeps(self, *streams: Games, followers: int = 1) -> None:
        """Wait until the streams' followers have read what there was and sleep."""

        def asleep() -> bool:
            sleepers = [self.bell.wakeups._sleepers.get(each.name, set()) for each in streams]
            return all(
                len(each) == followers
                and all(isinstance(one, Sleeper) and one._news._waiters for one in each)
                for each in sleepers
            )

        await until(asleep)


Pair = tuple[Process, Process]


@asynccontextmanager
async def process(
    url: str, *, listen_url: str | None = None, backstop: float = HOUR, pool_size: int = 4
) -> AsyncGenerator[Process]:
    engine = make_engine(url, pool_size=pool_size)
    backend = PostgresBackend(listen_url or url, heartbeat=0.1, patience=0.5)
    bell = Bell(backend, backstop=backstop)
    store = CountingStore(engine, bell.ring)
    try:
        async with bell.listening(store):
            yield Process(backend, bell, store, Feed(store, bell.wakeups, bell.tails))
    finally:
        await engine.dispose()


def without_bell(process: Process) -> CountingStore:
    """Give the store of a process whose hints are all lost."""

    def silence(recorded: object) -> None:
        """Ring nothing."""

    return CountingStore(process.store._engine, silence)
