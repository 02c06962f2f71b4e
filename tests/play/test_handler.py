"""Exactly once, over both logs: stale states, lost races, repeats, answers that are lost."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.game.spec import ANN, BOB, EVE
from tests.play.stores import (
    AppendsLate,
    Between,
    LosesEveryRace,
    LosesTheAnswer,
    LosesTheRequest,
    OutOfReach,
)
from xogql import game
from xogql.game import Cell, CreateGame, JoinGame, MakeMove, Mark, PlayerId, Resign, Rules
from xogql.play import handler
from xogql.play.handler import Accepted, Answer, BusyError, CommandIdReusedError, Handler, Order
from xogql.store.codec import GAMES, Event
from xogql.store.event_store import EventStore, Recorded, Stream, UnavailableError
from xogql.store.memory import MemoryEventStore
from xogql.store.names import new_name
from xogql.store.postgres import PostgresEventStore
from xogql.store.states import States

GameAnswer = Answer[game.State, game.Event]
LARGE = Rules(10, 10, 10)


def quiet(recorded: Sequence[Recorded[Event]]) -> None:
    """Ring for nobody."""


@dataclass(frozen=True)
class Process:
    """One server process's handler, with the states that it keeps."""

    store: EventStore
    states: States[game.State, game.Event]
    handler: Handler[game.Command, game.State, game.Event]

    async def told(
        self,
        stream: Stream[game.Event],
        command: game.Command,
        command_id: UUID | None = None,
        expected_version: int | None = None,
    ) -> GameAnswer:
        order = Order(command, command.by, command_id, expected_version)
        return await self.handler.handle(stream, order)


def process(store: EventStore) -> Process:
    states = States(store, GAMES, game.initial_state, game.evolve)
    return Process(store, states, Handler(store, states, game.decide))


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> EventStore:
    if request.param == "memory":
        return MemoryEventStore(quiet)
    engine: AsyncEngine = request.getfixturevalue("engine")
    return PostgresEventStore(engine, quiet)


@pytest.fixture
def here(store: EventStore) -> Process:
    return process(store)


@pytest.fixture
def there(store: EventStore) -> Process:
    return process(store)


@pytest.fixture
async def stream(here: Process) -> Stream[game.Event]:
    """A game that ann has begun with X and bob joined, known to the process *here*."""
    stream = Stream(GAMES, new_name(GAMES))
    await here.told(stream, CreateGame(ANN, LARGE, Mark.X, chance=Mark.O))
    await here.told(stream, JoinGame(BOB))
    return stream


def move(player: PlayerId, row: int = 0, column: int = 0) -> MakeMove:
    return MakeMove(player, Cell(row, column))


def refusal(answer: GameAnswer) -> type[Exception] | None:
    return None if isinstance(answer, Accepted) else type(answer.reason)


async def versions(store: EventStore, stream: Stream[game.Event]) -> list[int]:
    return [each.version for each in await store.read(stream)]


async def test_a_command_is_answered_with_its_events_and_the_state_they_lead_to(
    here: Process, stream: Stream[game.Event]
) -> None:
    answer = await here.told(stream, move(ANN))

    assert isinstance(answer, Accepted)
    assert [each.event for each in answer.recorded] == [game.MoveMade(Mark.X, Cell(0, 0))]
    assert answer.folded.version == 3
    assert answer.folded == await here.states.load(stream)


async def test_a_rejection_tells_the_state_and_appends_nothing(
    here: Process, stream: Stream[game.Event]
) -> None:
    answer = await here.told(stream, move(BOB))

    assert refusal(answer) is game.NotYourTurnError
    assert answer.folded.version == 2
    assert await versions(here.store, stream) == [1, 2]


async def test_a_rejection_of_a_stale_state_is_not_believed(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    await there.told(stream, move(ANN))

    answer = await here.told(stream, move(BOB, 1))

    assert refusal(answer) is None
    assert answer.folded.version == 4


async def test_a_rejection_is_told_with_the_newest_state(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    await there.told(stream, move(ANN))

    answer = await here.told(stream, move(EVE))

    assert refusal(answer) is game.NotAPlayerError
    assert answer.folded == await there.states.load(stream)


async def test_who_decided_on_a_stale_state_decides_anew(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    await there.told(stream, move(ANN))

    answer = await here.told(stream, move(ANN, 1))

    assert refusal(answer) is game.NotYourTurnError
    assert answer.folded.version == 3


async def test_who_lost_a_race_may_still_be_right(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    await there.told(stream, move(ANN))

    answer = await here.told(stream, Resign(BOB))

    assert refusal(answer) is None
    assert answer.folded.version == 4


async def test_of_many_who_race_one_wins(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    cells = list(product(range(10), repeat=2))[:40]

    answers = await asyncio.gather(
        *((here, there)[n % 2].told(stream, move(ANN, *cell)) for n, cell in enumerate(cells))
    )

    assert sorted(map(str, map(refusal, answers))).count("None") == 1
    assert {refusal(each) for each in answers} == {None, game.NotYourTurnError}
    assert await versions(here.store, stream) == [1, 2, 3]


async def test_a_repeat_gets_the_first_answer(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    known = uuid4()
    first = await here.told(stream, move(ANN), known)
    await here.told(stream, move(BOB, 1))

    assert await there.told(stream, move(ANN), known) == first
    assert await here.told(stream, move(ANN), known) == first
    assert await versions(here.store, stream) == [1, 2, 3, 4]


async def test_repeats_at_once_are_carried_out_once(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    known = uuid4()

    answers = await asyncio.gather(
        *(each.told(stream, move(ANN), known) for each in (here, there) * 10)
    )

    assert all(each == answers[0] for each in answers)
    assert await versions(here.store, stream) == [1, 2, 3]


async def test_an_id_used_for_another_command_is_refused(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    known = uuid4()
    await here.told(stream, move(ANN), known)

    for other in (move(ANN, 1), move(BOB), Resign(ANN), Resign(BOB)):
        answer = await there.told(stream, other, known)
        assert refusal(answer) is CommandIdReusedError
        assert answer.folded.version == 3


async def test_an_id_of_a_refused_command_is_free(
    here: Process, stream: Stream[game.Event]
) -> None:
    known = uuid4()
    assert refusal(await here.told(stream, move(BOB), known)) is game.NotYourTurnError

    assert refusal(await here.told(stream, move(ANN), known)) is None


@pytest.mark.parametrize("version", [-1, 0, 1, 3])
async def test_another_version_than_expected_is_refused(
    here: Process, stream: Stream[game.Event], version: int
) -> None:
    answer = await here.told(stream, move(ANN), expected_version=version)

    assert refusal(answer) is game.GameMovedOnError
    assert answer.folded.version == 2


async def test_the_version_that_was_expected_is_that_of_the_log(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    await there.told(stream, move(ANN))

    stale = await here.told(stream, Resign(BOB), expected_version=2)
    fresh = await here.told(stream, Resign(BOB), expected_version=3)

    assert (refusal(stale), stale.folded.version) == (game.GameMovedOnError, 3)
    assert refusal(fresh) is None


async def test_a_repeat_is_known_whatever_it_expected(
    here: Process, stream: Stream[game.Event]
) -> None:
    known = uuid4()
    first = await here.told(stream, move(ANN), known, expected_version=2)

    assert await here.told(stream, move(ANN), known, expected_version=2) == first
    assert await here.told(stream, move(ANN), known, expected_version=9) == first


@pytest.mark.parametrize("trouble", [LosesTheAnswer, LosesTheRequest, AppendsLate])
@pytest.mark.parametrize("command_id", [None, uuid4()], ids=["without an id", "with one"])
async def test_a_command_whose_outcome_was_unknown_is_carried_out_once(
    store: EventStore,
    stream: Stream[game.Event],
    trouble: Callable[[EventStore], Between],
    command_id: UUID | None,
) -> None:
    doubtful = process(trouble(store))

    answer = await doubtful.told(stream, move(ANN), command_id)

    assert refusal(answer) is None
    assert answer.folded.version == 3
    assert await versions(store, stream) == [1, 2, 3]


async def test_a_command_that_loses_every_race_gives_up(
    store: EventStore, stream: Stream[game.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handler, "LONGEST_PAUSE", 0.0)
    between = LosesEveryRace(store)

    with pytest.raises(BusyError):
        await process(between).told(stream, move(ANN))

    assert len(between.appends) == handler.ATTEMPTS
    assert await versions(store, stream) == [1, 2]


async def test_what_the_log_did_not_take_is_told_and_may_be_sent_again(
    here: Process, stream: Stream[game.Event]
) -> None:
    known, out_of_reach = uuid4(), OutOfReach(here.store)
    with pytest.raises(UnavailableError):
        await process(out_of_reach).told(stream, move(ANN), known)

    assert len(out_of_reach.appends) == 1
    assert refusal(await here.told(stream, move(ANN), known)) is None
    assert await versions(here.store, stream) == [1, 2, 3]


async def test_a_whole_command_goes_in_or_none_of_it(
    here: Process, there: Process, stream: Stream[game.Event]
) -> None:
    for turn, cell in enumerate(
        [(0, each // 2) if each % 2 == 0 else (1, each // 2) for each in range(18)]
    ):
        await here.told(stream, move((ANN, BOB)[turn % 2], *cell))

    answers = await asyncio.gather(
        *(each.told(stream, move(ANN, 0, 9)) for each in (here, there) * 5)
    )

    events = [each.event for each in await here.store.read(stream)]
    assert [refusal(each) for each in answers].count(None) == 1
    assert [type(each) for each in events[-2:]] == [game.MoveMade, game.GameEnded]
    assert len(events) == 2 + 18 + 2
