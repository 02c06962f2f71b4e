"""Streams, events and commands to try a log with."""

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import TypeAlias, TypeVar
from uuid import UUID, uuid4

from asyncpg import Connection, Record

from tests.game.spec import ANN
from xogql.game import Cell, Event, Mark, MoveMade
from xogql.store import codec
from xogql.store.codec import GAMES, Category
from xogql.store.event_store import (
    Append,
    EventStore,
    OutcomeUnknownError,
    Recorded,
    Ring,
    Stream,
    UnavailableError,
    VersionConflictError,
)

E = TypeVar("E")
T = TypeVar("T")

Rival: TypeAlias = "Connection[Record]"
"""Somebody else's connection to the same database."""


class Bell:
    """Remembers what it was rung for; *then* is what a listener does about it."""

    def __init__(self) -> None:
        self.rung: list[Sequence[Recorded[codec.Event]]] = []
        self.then: Ring | None = None

    def __call__(self, recorded: Sequence[Recorded[codec.Event]]) -> None:
        self.rung.append(recorded)
        if self.then is not None:
            self.then(recorded)


def new_game() -> Stream[Event]:
    return a_stream_of(GAMES)


def a_stream_of(category: Category[E]) -> Stream[E]:
    return Stream(category, f"{category.prefix}-{uuid4()}")


def new_category() -> Category[Event]:
    """Games that no other test scans."""
    return Category(f"game{uuid4().hex}", GAMES.kinds)


def move(number: int) -> Event:
    """Moves are told apart by where they are; the log does not ask if they are allowed."""
    return MoveMade(Mark.X if number % 2 else Mark.O, Cell(number // 19, number % 19))


def command(
    stream: Stream[E],
    expected_version: int,
    *events: E,
    command_id: UUID | None = None,
    fingerprint: int = 0,
) -> Append[E]:
    return Append(stream, expected_version, events, ANN, command_id or uuid4(), fingerprint)


async def insist(log: EventStore, append: Append[E]) -> Sequence[Recorded[E]]:
    """Append for sure, and once: who is refused looks the command up."""
    while True:
        with suppress(OutcomeUnknownError, UnavailableError):
            try:
                return await log.append(append)
            except VersionConflictError:
                known = await log.find(append.stream, append.command_id)
                assert known is not None, append
                return known.recorded


async def outcomes(tries: Sequence[Awaitable[T]]) -> list[T | BaseException]:
    """What becomes of all of them, tried at once."""
    return await asyncio.gather(*tries, return_exceptions=True)


async def outcome(attempt: Awaitable[T]) -> T | BaseException:
    """What becomes of it."""
    return (await outcomes([attempt]))[0]


_SOMEBODY_WAITS_FOR_ME = """
select exists (
  select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))
"""


async def until_waited_for(holder: Rival) -> None:
    """Return when a statement of somebody else waits for what *holder* has locked."""
    async with asyncio.timeout(10):
        while not await holder.fetchval(_SOMEBODY_WAITS_FOR_ME):
            pass
