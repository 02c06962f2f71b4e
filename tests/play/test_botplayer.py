"""The house over both logs: one move at a version, whoever makes it, and what fails is found."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias
from uuid import uuid4

import pytest

from tests.game.spec import ANN
from tests.play.stores import Between
from tests.play.test_handler import store
from xogql import game
from xogql.game import (
    TIC_TAC_TOE,
    Cell,
    CreateGame,
    GameId,
    JoinGame,
    MakeMove,
    MakeOffer,
    Mark,
    MoveMade,
    MovesTakenBack,
    OfferDeclined,
    OfferKind,
    PlayerId,
    Playing,
    Resign,
)
from xogql.game.bots import Level
from xogql.play import thinker
from xogql.play.botplayer import BotPlayer
from xogql.play.calls import Calls
from xogql.play.duty import command_id, duty_in
from xogql.play.handler import Accepted, Handler, Order
from xogql.play.house import HOUSE
from xogql.play.rematches import Rematches
from xogql.play.sweep import Look, Sweep
from xogql.play.thinker import Thinker, ThoughtLostError
from xogql.play.thoughts import Choosing, T, Thought
from xogql.store.codec import GAMES, Category
from xogql.store.event_store import Append, E, EventStore, Recorded, Stream, UnavailableError
from xogql.store.names import new_name
from xogql.store.states import States

__all__ = ["store"]

EASY = HOUSE[Level.EASY]
PATIENCE = 30.0


Told: TypeAlias = Accepted[game.State, game.Event]


@dataclass(frozen=True)
class Process:
    """A server process that plays for the house; *news*: something was carried out."""

    store: EventStore
    states: States[game.State, game.Event]
    calls: Calls
    handler: Handler[game.Command, game.State, game.Event]
    news: asyncio.Event

    @property
    def bot(self) -> BotPlayer:
        rematches = Rematches(self.handler, self.states)
        return BotPlayer(rematches, self.states, self.calls, seconds=5.0)

    async def told(self, game_id: GameId, command: game.Command) -> Told:
        answer = await self.handler.handle(Stream(GAMES, game_id), Order(command, command.by))
        assert isinstance(answer, Accepted)
        return answer

    async def begun(self, mark: Mark = Mark.X, house: PlayerId = EASY) -> GameId:
        game_id = GameId(new_name(GAMES))
        await self.told(game_id, CreateGame(ANN, TIC_TAC_TOE, mark, mark, house))
        return game_id

    async def events(self, game_id: GameId) -> Sequence[Recorded[game.Event]]:
        return await self.store.read(Stream(GAMES, game_id))

    async def reaches(self, game_id: GameId, version: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                self.news.clear()
                if len(await self.events(game_id)) >= version:
                    return
                await self.news.wait()


def process(store: EventStore, news: asyncio.Event | None = None) -> Process:
    states, calls = States(store, GAMES, game.initial_state, game.evolve), Calls()
    heard = news or asyncio.Event()

    def hear(stream: Stream[game.Event], accepted: Told) -> None:
        calls.hear(stream, accepted)
        heard.set()

    handler = Handler(store, states, game.decide, hear)
    return Process(store, states, calls, handler, heard)


@pytest.fixture
def here(store: EventStore) -> Process:
    return process(store)


@pytest.fixture
def there(store: EventStore, here: Process) -> Process:
    """Another process on the same log."""
    return process(store, here.news)


@asynccontextmanager
async def playing(*processes: Process) -> AsyncGenerator[None]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each.bot.play()) for each in processes]
        yield
        for task in tasks:
            task.cancel()


async def test_the_house_answers_a_move_under_the_id_of_the_version(here: Process) -> None:
    game_id = await here.begun()
    async with playing(here):
        await here.told(game_id, MakeMove(ANN, Cell(1, 1)))
        await here.reaches(game_id, 4)

    answer = (await here.events(game_id))[3]
    assert isinstance(answer.event, MoveMade)
    assert (answer.event.mark, answer.actor) == (Mark.O, EASY)
    assert answer.command_id == command_id(game_id, 3)


async def test_the_house_begins_where_it_has_x(here: Process) -> None:
    async with playing(here):
        game_id = await here.begun(Mark.O)
        await here.reaches(game_id, 3)

    assert (await here.events(game_id))[2].actor == EASY


async def test_two_processes_that_are_called_make_one_move(here: Process, there: Process) -> None:
    games = [await here.begun(Mark.O) for _ in range(5)]
    for each in games:
        there.calls.add(ANN, each)

    async with playing(here, there):
        for each in games:
            await here.reaches(each, 3)
            await here.told(each, Resign(ANN))
        last = await there.begun(Mark.O)
        await there.reaches(last, 3)

    kinds = [[type(one.event).__name__ for one in await here.events(each)] for each in games]
    assert kinds == [["GameCreated", "PlayerJoined", "MoveMade", "GameEnded"]] * 5


async def test_a_call_to_a_game_without_a_duty_is_answered_by_nothing(here: Process) -> None:
    settled = await here.begun()
    here.calls.add(ANN, settled)
    here.calls.add(ANN, GameId(new_name(GAMES)))
    async with playing(here):
        due = await here.begun(Mark.O)
        await here.reaches(due, 3)

    assert len(await here.events(settled)) == 2


async def test_games_of_people_call_nobody(here: Process) -> None:
    game_id = GameId(new_name(GAMES))
    await here.told(game_id, CreateGame(ANN, TIC_TAC_TOE, Mark.X, Mark.X))
    await here.told(game_id, JoinGame(game.PlayerId("bob")))
    await here.told(game_id, MakeMove(ANN, Cell(0, 0)))

    assert len(here.calls) == 0


async def test_a_repeat_calls_the_house_again(here: Process) -> None:
    game_id, known = await here.begun(), uuid4()
    order = Order(MakeMove(ANN, Cell(0, 0)), ANN, known)
    for _ in range(2):
        await here.handler.handle(Stream(GAMES, game_id), order)
        assert await here.calls.take() == game_id


class RefusesTheHouse(Between):
    """Cannot be reached by the house, so many times."""

    left = 2

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        if request.actor == EASY and self.left:
            self.left -= 1
            raise UnavailableError
        return await super().append(request)


async def test_what_fails_is_left_to_the_sweep_and_the_next_call_is_answered(
    store: EventStore,
) -> None:
    here = process(RefusesTheHouse(store))
    lost = [await here.begun(Mark.O) for _ in range(2)]
    sweep: Sweep[str] = Sweep(looking(dict.fromkeys(lost, 2)), here.states, here.calls)
    async with playing(here):
        served = await here.begun(Mark.O)
        await here.reaches(served, 3)
        assert [len(await here.events(each)) for each in lost] == [2, 2]

        await sweep.page()
        for each in lost:
            await here.reaches(each, 3)


def looking(*pages: dict[GameId, int]) -> Look[str]:
    """Look at one page after another, from the first again after the last."""

    async def look(place: str | None) -> tuple[dict[GameId, int], str | None]:
        number = int(place or 0)
        return pages[number], str(number + 1) if number + 1 < len(pages) else None

    return look


async def test_the_sweep_goes_from_page_to_page_and_begins_anew(here: Process) -> None:
    due, idle = await here.begun(Mark.O), await here.begun()
    await here.calls.take()
    sweep: Sweep[str] = Sweep(looking({due: 2}, {idle: 2}), here.states, here.calls)

    ends, lengths = [], []
    for _ in range(4):
        ends.append(await sweep.page())
        lengths.append(len(here.calls))
        if len(here.calls):
            assert await here.calls.take() == due

    assert ends == [False, True, False, True]
    assert lengths == [1, 0, 1, 0]


@dataclass(frozen=True)
class Foreseen:
    """An event of the next release."""


async def test_what_only_a_newer_server_can_read_is_left_to_it(here: Process) -> None:
    newer, due = await here.begun(Mark.O), await here.begun(Mark.O)
    later = Stream(Category("game", (*GAMES.kinds, Foreseen)), str(newer))
    await here.store.append(Append(later, 2, [Foreseen()], ANN, uuid4(), 0))
    for _ in range(2):
        await here.calls.take()
    sweep: Sweep[str] = Sweep(looking({newer: 3, due: 2}), here.states, here.calls)

    await sweep.page()

    assert len(here.calls) == 1
    here.calls.add(ANN, newer)
    async with playing(here):
        await here.reaches(due, 3)


async def test_a_game_without_a_duty_is_read_once_a_version(store: EventStore) -> None:
    between = CountsReads(store)
    here = process(between)
    idle = await here.begun()
    page = {idle: 2}
    sweep: Sweep[str] = Sweep(looking(page), here.states, here.calls)

    for _ in range(3):
        await sweep.page()
    assert between.together == [[idle], [], []]

    await here.told(idle, MakeMove(ANN, Cell(0, 0)))
    page[idle] = 3
    await sweep.page()
    assert between.together[-1] == [idle]
    assert await here.calls.take() == idle


class CountsReads(Between):
    """Keeps which streams were read together."""

    def __init__(self, store: EventStore) -> None:
        super().__init__(store)
        self.together: list[list[str]] = []

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        self.together.append([each.name for each in streams])
        return await super().read_many(streams, most=most)


async def test_a_duty_is_told_by_the_state_alone(here: Process) -> None:
    game_id = await here.begun(Mark.O)
    stream = Stream(GAMES, game_id)
    state = (await here.states.load(stream)).state

    duty = duty_in(state)

    assert duty is not None
    assert (duty.player, duty.mark, duty.opponent, duty.level) == (EASY, Mark.X, ANN, Level.EASY)
    assert duty_in(game.initial_state()) is None
    ended = await here.told(game_id, Resign(ANN))
    assert duty_in(ended.folded.state) is None


class Losing(Thinker):
    """Loses what it is asked, but for the easiest questions."""

    async def think(self, thought: Thought[T], seconds: float) -> T:
        if isinstance(thought, Choosing) and thought.level is Level.EASY:
            return await super().think(thought, seconds)
        raise ThoughtLostError


async def test_what_is_too_hard_is_thought_about_less(
    here: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinker, "Thinker", Losing)
    async with playing(here):
        game_id = await here.begun(Mark.O, HOUSE[Level.HARD])
        await here.reaches(game_id, 3)

    assert (await here.events(game_id))[2].actor == HOUSE[Level.HARD]


async def test_a_draw_that_cannot_be_weighed_is_not_taken(
    here: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinker, "Thinker", Losing)
    game_id = await here.begun()
    async with playing(here):
        await here.told(game_id, MakeOffer(ANN, OfferKind.DRAW, GameId("another")))
        await here.reaches(game_id, 4)

    answer = (await here.events(game_id))[3]
    assert (answer.event, answer.actor) == (OfferDeclined(OfferKind.DRAW, Mark.X), EASY)
    assert answer.command_id == command_id(game_id, 3)


async def test_the_first_of_two_offers_is_answered(here: Process) -> None:
    game_id = await here.begun()
    await here.told(game_id, MakeMove(ANN, Cell(0, 0)))
    for kind in (OfferKind.TAKEBACK, OfferKind.DRAW):
        await here.told(game_id, MakeOffer(ANN, kind, GameId("another")))
    async with playing(here):
        await here.reaches(game_id, 6)

    assert (await here.events(game_id))[5].event == MovesTakenBack(1)
    assert duty_in((await here.states.load(Stream(GAMES, game_id))).state) is None


async def test_a_draw_that_is_not_taken_is_declined_by_a_move(
    here: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinker, "Thinker", Losing)
    game_id = await here.begun(Mark.O)
    await here.told(game_id, MakeOffer(ANN, OfferKind.DRAW, GameId("another")))
    async with playing(here):
        await here.reaches(game_id, 4)

    assert isinstance((await here.events(game_id))[3].event, MoveMade)
    state = (await here.states.load(Stream(GAMES, game_id))).state
    assert isinstance(state, Playing)
    assert state.offers == ()
