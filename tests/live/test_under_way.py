"""Followers of their own games end up with the truth, whatever hints they get and however slow."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import pytest

from tests.live.processes import NOWHERE, until
from xogql import game
from xogql.game import Cell, GameId, Mark, PlayerId, Rules
from xogql.live import under_way
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.together import Together
from xogql.live.topics import of_player, topics_of
from xogql.live.under_way import Known, Turnover, UnderWay
from xogql.live.wakeups import NEWEST
from xogql.play.handler import Accepted, Handler, Order
from xogql.store.codec import GAMES, Event
from xogql.store.event_store import Recorded, Stream
from xogql.store.memory import MemoryEventStore
from xogql.store.states import Folded, States

ANN, BOB, EVE = PlayerId("ann"), PlayerId("bob"), PlayerId("eve")
BOARD = Rules(3, 3, 3)

Players: TypeAlias = Handler[game.Command, game.State, game.Event]


class Table:
    """A process on a log in memory: its bell and states, and players who play here or elsewhere.

    *deaf*: it hears no hint. *then*: what happens once its list of seats was read.
    """

    def __init__(self) -> None:
        self.bell = Bell(PostgresBackend(NOWHERE))
        self.deaf = False
        self.then: Callable[[], Awaitable[None]] | None = None
        self.store = MemoryEventStore(self._ring)
        self.states = States(self.store, GAMES, game.initial_state, game.evolve)
        self.here = Handler(self.store, self.states, game.decide)
        states = States(self.store, GAMES, game.initial_state, game.evolve)
        self.elsewhere = Handler(self.store, states, game.decide)
        self.made: list[GameId] = []
        self.listings = self.readings = 0
        seats = Together(self._seats)
        self.own = UnderWay(self.bell.wakeups, self.states, seats, Together(self._load))

    async def tell(self, game_id: GameId, command: game.Command) -> None:
        answer = await self.here.handle(Stream(GAMES, game_id), Order(command, command.by))
        assert isinstance(answer, Accepted), answer

    async def tell_elsewhere(self, game_id: GameId, command: game.Command) -> None:
        order = Order(command, command.by)
        assert isinstance(await self.elsewhere.handle(Stream(GAMES, game_id), order), Accepted)

    async def created(self, creator: PlayerId = ANN) -> GameId:
        game_id = GameId(f"game-{len(self.made)}")
        self.made.append(game_id)
        await self.tell(game_id, game.CreateGame(creator, BOARD, Mark.X, Mark.X))
        return game_id

    async def begun(self, x: PlayerId = ANN, o: PlayerId = BOB) -> GameId:
        game_id = await self.created(x)
        await self.tell(game_id, game.JoinGame(o))
        return game_id

    def wake_topics(self) -> None:
        """What the backstop does about once a second."""
        self.bell.wakeups.wake_topics()

    async def backstop(self) -> None:
        self.wake_topics()
        for name, version in (await self.store.grown(self.bell.wakeups.followed())).items():
            self.bell.wakeups.wake(name, version)

    async def truth(self, player: PlayerId) -> dict[GameId, int]:
        """The versions of a player's games under way."""
        folded = {each: await self._fresh(each) for each in self.made}
        return {each: it.version for each, it in folded.items() if _goes_on(it, player)}

    async def _fresh(self, game_id: GameId) -> Known:
        recorded = await self.store.read(Stream(GAMES, game_id))
        state = game.fold(each.event for each in recorded)
        return Folded(state, len(recorded), None, None)

    def _ring(self, recorded: Sequence[Recorded[Event]]) -> None:
        if self.deaf:
            return
        self.bell.ring(recorded)
        for each in recorded:
            for topic in topics_of(each.event):
                self.bell.publish(topic)

    async def _seats(self, players: Collection[PlayerId]) -> Mapping[PlayerId, Sequence[GameId]]:
        self.listings += 1
        await asyncio.sleep(0)  # as a query suspends
        found = {each: list(await self.truth(each))[::-1] for each in players}
        if self.then is not None:
            then, self.then = self.then, None
            await then()
        return {each: ids[: under_way.MOST] for each, ids in found.items()}

    async def _load(
        self, streams: Collection[Stream[game.Event]]
    ) -> Mapping[Stream[game.Event], Known]:
        self.readings += 1
        await asyncio.sleep(0)
        return await self.states.load_many([*streams])


def _goes_on(folded: Known, player: PlayerId) -> bool:
    state = folded.state
    return isinstance(state, game.Waiting | game.Playing) and player in state.seats.values()


@dataclass
class Screen:
    """What a client shows that does what it is told."""

    turnovers: AsyncGenerator[Turnover]
    shown: dict[GameId, int] = field(default_factory=dict)
    messages: int = 0

    async def take(self) -> Turnover:
        async with asyncio.timeout(20):
            turnover = await anext(self.turnovers)
        self.messages += 1
        assert turnover.snapshot is (self.messages == 1)
        for game_id, folded in turnover.games.items():
            assert folded.version > self.shown.get(game_id, 0)
            self.shown[game_id] = folded.version
        for game_id in turnover.gone:
            del self.shown[game_id]
        return turnover

    async def catch_up(self, with_truth: Mapping[GameId, int]) -> None:
        while self.shown != with_truth:
            await self.take()


@asynccontextmanager
async def screen(table: Table, player: PlayerId = ANN) -> AsyncGenerator[Screen]:
    async with aclosing(table.own.follow(player)) as turnovers:
        yield Screen(turnovers)


async def test_a_slow_reader_gets_the_newest_state_only() -> None:
    table = Table()
    game_id = await table.begun()
    async with screen(table) as slow:
        await slow.take()
        for turn in range(4):
            move = game.MakeMove((ANN, BOB)[turn % 2], Cell(turn // 3, turn % 3))
            await table.tell(game_id, move)
        turnover = await slow.take()

    assert {each: it.version for each, it in turnover.games.items()} == {game_id: 6}
    assert turnover.gone == {}


async def test_a_game_that_came_and_went_unseen_is_not_told() -> None:
    table = Table()
    async with screen(table) as slow:
        await slow.take()
        brief = await table.created()
        await table.tell(brief, game.CancelGame(ANN))
        lasting = await table.created()

        assert [*(await slow.take()).games] == [lasting]


async def test_a_game_that_is_over_once_its_seat_was_found_is_not_told() -> None:
    table = Table()
    async with screen(table) as shown:
        await shown.take()
        brief = await table.begun()
        table.then = partial(table.tell, brief, game.Resign(ANN))
        lasting = await table.begun()
        turnover = await shown.take()

    assert ([*turnover.games], [*turnover.gone]) == ([lasting], [])


async def test_what_happens_elsewhere_is_read() -> None:
    table = Table()
    game_id = await table.begun()
    async with screen(table) as quick:
        await quick.take()
        for version, by in ((3, ANN), (4, BOB)):
            move = game.MakeMove(by, Cell(0, version - 3))
            await table.tell_elsewhere(game_id, move)
            turnover = await quick.take()
            assert {each: it.version for each, it in turnover.games.items()} == {game_id: version}


async def test_what_this_process_knows_already_needs_no_query() -> None:
    table = Table()
    game_id = await table.begun()
    async with screen(table) as quick:
        await quick.take()
        before = table.readings, table.listings
        await table.tell(game_id, game.MakeMove(ANN, Cell(0, 0)))
        await quick.take()

    assert (table.readings, table.listings) == before


async def test_hints_that_are_false_change_nothing() -> None:
    table = Table()
    game_id = await table.begun()
    async with screen(table) as quick:
        await quick.take()
        for version in (1, 3, NEWEST):
            table.bell.wakeups.wake(game_id, version)
        table.bell.wakeups.wake(of_player(ANN))
        table.wake_topics()
        await table.tell(game_id, game.MakeMove(ANN, Cell(0, 0)))
        turnover = await quick.take()

    assert {each: it.version for each, it in turnover.games.items()} == {game_id: 3}


async def test_the_backstop_makes_up_for_lost_hints() -> None:
    table = Table()
    over, played = await table.begun(), await table.begun()
    async with screen(table) as quick:
        await quick.take()
        table.deaf = True
        await table.tell(over, game.Resign(BOB))
        await table.tell(played, game.MakeMove(ANN, Cell(0, 0)))
        new = await table.begun(EVE, ANN)
        await table.backstop()
        await quick.catch_up(await table.truth(ANN))

    assert quick.shown == {played: 3, new: 2}


async def test_of_too_many_the_newest_are_followed_and_the_next_moves_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(under_way, "MOST", 3)
    table = Table()
    games = [await table.begun() for _ in range(4)]
    async with screen(table) as shown:
        await shown.take()
        assert [*shown.shown] == games[:0:-1]
        await table.tell(games[3], game.Resign(ANN))
        gone = {*(await shown.take()).gone}
        came = {*(await shown.take()).games}
        pushed = await table.begun()
        turnover = await shown.take()

    assert (gone, came) == ({games[3]}, {games[0]})
    assert ({*turnover.games}, {*turnover.gone}) == ({pushed}, {games[0]})
    assert isinstance(turnover.gone[games[0]].state, game.Playing)


async def test_nothing_is_left_of_who_leaves() -> None:
    table = Table()
    await table.begun()
    async with screen(table) as shown:
        await shown.take()
        assert len(table.bell.wakeups._sleepers) == 2

    assert table.bell.wakeups._sleepers == {}


async def test_a_hundred_followers_share_their_reads() -> None:
    table = Table()
    await table.begun()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        for _ in range(100):
            tasks.create_task(_first(table))

    assert table.listings <= 3
    assert table.readings <= 3


async def _first(table: Table) -> None:
    async with screen(table) as shown:
        await shown.take()


@pytest.mark.parametrize("seed", range(30))
async def test_whatever_happens_the_end_is_the_truth(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Players play, hints are lost and forged, a follower reads when it likes, a few fit."""
    monkeypatch.setattr(under_way, "MOST", 3)
    dice, table, reads = random.Random(seed), Table(), asyncio.Event()
    async with screen(table) as shown:
        reading = asyncio.create_task(_read_on(shown, reads))
        for _ in range(60):
            table.deaf = dice.random() < 0.3
            await _something(table, dice, dice.choice((table.here, table.elsewhere)))
            if dice.random() < 0.3:
                await table.backstop()
            reads.set() if dice.random() < 0.5 else reads.clear()
            await _turns(dice.randrange(10))
        await table.backstop()
        reads.set()
        truth = await table.truth(ANN)
        newest = {each: truth[each] for each in [*truth][-3:]}
        await until(lambda: shown.shown == newest or reading.done())
        await _stopped(reading)

    assert shown.shown == newest


async def _read_on(shown: Screen, reads: asyncio.Event) -> None:
    while True:
        await reads.wait()
        await shown.take()


async def _turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _something(table: Table, dice: random.Random, handler: Players) -> None:
    """Make, join, play or end a game; or forge a hint."""
    if not table.made or dice.random() < 0.3:
        await table.created(dice.choice((ANN, BOB)))
        return
    game_id = dice.choice(table.made)
    who, cell = dice.choice((ANN, BOB, EVE)), Cell(dice.randrange(3), dice.randrange(3))
    moves = [game.MakeMove(each, cell) for each in (ANN, BOB)]
    commands: list[game.Command] = [
        game.JoinGame(who),
        game.CancelGame(who),
        game.Resign(who),
        *moves,
    ]
    command = dice.choice(commands)
    await handler.handle(Stream(GAMES, game_id), Order(command, command.by))
    table.bell.wakeups.wake(dice.choice(table.made), dice.choice((1, 2, 5, NEWEST)))
