"""A rematch is one game, whoever begins it and whatever breaks between the two appends."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.game.spec import ANN, BOB
from tests.play.stores import Between
from tests.play.test_handler import Process, process, quiet
from xogql import game
from xogql.game import (
    AcceptOffer,
    Cell,
    CreateGame,
    Finished,
    GameCreated,
    GameId,
    MakeMove,
    MakeOffer,
    Mark,
    OfferKind,
    PlayerJoined,
    Playing,
    Resign,
    Rules,
)
from xogql.play.handler import Accepted, Order, Rejected
from xogql.play.rematches import Rematches, rematch_of
from xogql.store.codec import GAMES, Category
from xogql.store.event_store import Append, EventStore, Recorded, Stream, UnavailableError
from xogql.store.memory import MemoryEventStore
from xogql.store.names import new_name
from xogql.store.postgres import PostgresEventStore

E = TypeVar("E")

LARGE = Rules(10, 10, 5)
REMATCH = OfferKind.REMATCH


@dataclass(frozen=True)
class Foreseen:
    """An event of the next release."""


class DiesBetween(Between):
    """Takes one append, and none after it."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        if self.appends:
            raise UnavailableError
        return await super().append(request)


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> EventStore:
    if request.param == "memory":
        return MemoryEventStore(quiet)
    engine: AsyncEngine = request.getfixturevalue("engine")
    return PostgresEventStore(engine, quiet)


async def offered(store: EventStore, game_id: GameId) -> GameId:
    """Bring it about that ann created a game with X, and bob resigned and wants to play again."""
    here, stream = process(store), Stream(GAMES, game_id)
    await here.told(stream, CreateGame(ANN, LARGE, Mark.X, Mark.O, opponent=BOB))
    await here.told(stream, Resign(BOB))
    await here.told(stream, MakeOffer(BOB, REMATCH, rematch_of(game_id)))
    return game_id


async def agreed(store: EventStore, game_id: GameId) -> GameId:
    """Bring it about that ann wants to, too, and nothing more has happened."""
    stream, order = accepting(await offered(store, game_id))
    await process(store).handler.handle(stream, order)
    return game_id


@pytest.fixture
async def first(store: EventStore) -> GameId:
    return await offered(store, GameId(new_name(GAMES)))


def of(here: Process) -> Rematches:
    return Rematches(here.handler, here.states)


def accepting(first: GameId) -> tuple[Stream[game.Event], Order[game.Command]]:
    command = AcceptOffer(ANN, REMATCH, rematch_of(first))
    return Stream(GAMES, first), Order(command, ANN, uuid4())


async def events(store: EventStore, game_id: GameId) -> list[game.Event]:
    return [each.event for each in await store.read(Stream(GAMES, game_id))]


def begun(first: GameId) -> list[game.Event]:
    return [GameCreated(ANN, LARGE, Mark.O, rematch_of=first), PlayerJoined(BOB)]


async def test_who_accepts_begins_the_rematch(store: EventStore, first: GameId) -> None:
    answer = await of(process(store)).handle(*accepting(first))

    assert isinstance(answer, Accepted)
    assert isinstance(answer.folded.state, Finished)
    assert answer.folded.state.rematch == rematch_of(first)
    assert await events(store, rematch_of(first)) == begun(first)


async def test_what_is_refused_begins_nothing(store: EventStore, first: GameId) -> None:
    stream, _ = accepting(first)
    order = Order(AcceptOffer(BOB, REMATCH, rematch_of(first)), BOB)

    assert isinstance(await of(process(store)).handle(stream, order), Rejected)
    assert await events(store, rematch_of(first)) == []


async def test_a_repeat_begins_what_the_first_try_did_not(store: EventStore, first: GameId) -> None:
    stream, order = accepting(first)
    with pytest.raises(UnavailableError):
        await of(process(DiesBetween(store))).handle(stream, order)
    assert await events(store, rematch_of(first)) == []

    answers = [await of(process(store)).handle(stream, order) for _ in range(2)]

    assert all(isinstance(each, Accepted) for each in answers)
    assert await events(store, rematch_of(first)) == begun(first)


async def test_of_many_who_begin_it_one_does(store: EventStore, first: GameId) -> None:
    stream, order = accepting(first)
    await process(store).handler.handle(stream, order)

    found = await asyncio.gather(*(of(process(store)).begun(first) for _ in range(20)))

    assert {each.version for each in found} == {2}
    assert await events(store, rematch_of(first)) == begun(first)


async def test_a_rematch_that_goes_on_is_left_alone(store: EventStore, first: GameId) -> None:
    here = process(store)
    await of(here).handle(*accepting(first))
    await here.told(Stream(GAMES, rematch_of(first)), MakeMove(BOB, Cell(0, 0)))

    found = await of(process(store)).begun(first)

    assert found.version == 3
    assert isinstance(found.state, Playing)


async def test_there_is_no_rematch_of_a_game_without_one(store: EventStore, first: GameId) -> None:
    for each in (first, rematch_of(first)):
        with pytest.raises(LookupError):
            await of(process(store)).begun(each)


async def test_what_only_a_newer_server_can_read_is_left_to_it(
    store: EventStore, first: GameId
) -> None:
    second = await agreed(store, GameId(new_name(GAMES)))
    newer = Stream(Category("game", (*GAMES.kinds, Foreseen)), str(first))
    await store.append(Append(newer, 4, [Foreseen()], ANN, uuid4(), 0))

    await of(process(store)).begin([first, second])

    assert await events(store, rematch_of(second)) == begun(second)
