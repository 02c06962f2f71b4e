"""Streams, events and commands to try a log with."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TypeVar
from uuid import UUID, uuid4

from tests.game.spec import ANN
from xogql.game import Cell, Event, Mark, MoveMade
from xogql.store import codec
from xogql.store.codec import GAMES, Category
from xogql.store.event_store import Append, Recorded, Ring, Stream

E = TypeVar("E")
T = TypeVar("T")


class Bell:
    """Remembers what it was rung for; *then* is what a listener does about it."""

    def __init__(self) -> None:
        self.rung: list[Sequence[Recorded[codec.Event]]] = []
        self.then: Ring | None = None

    async def __call__(self, recorded: Sequence[Recorded[codec.Event]]) -> None:
        self.rung.append(recorded)
        if self.then is not None:
            await self.then(recorded)


def new_game() -> Stream[Event]:
    return a_stream_of(GAMES)


def a_stream_of(category: Category[E]) -> Stream[E]:
    return Stream(category, f"{category.prefix}-{uuid4()}")


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


async def outcomes(tries: Sequence[Awaitable[T]]) -> list[T | BaseException]:
    """What becomes of all of them, tried at once."""
    return await asyncio.gather(*tries, return_exceptions=True)
