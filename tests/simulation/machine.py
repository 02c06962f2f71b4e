"""Commands, crashes, lost answers, stale versions and reconnections, in any order there is."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from copy import deepcopy
from typing import Any, TypeVar
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.game.spec import ANN, BOB, EVE
from tests.simulation.bargains import Refusal
from tests.simulation.collector import Collector
from tests.simulation.crashing import CrashError, GameAnswer, Process, Trouble
from tests.simulation.oracle import GameOracle, GameOrder, Look, Taken
from xogql import game
from xogql.game import (
    AbortGame,
    AcceptOffer,
    CancelGame,
    Cell,
    CreateGame,
    DeclineOffer,
    GameId,
    JoinGame,
    MakeMove,
    MakeOffer,
    Mark,
    OfferKind,
    Resign,
    Rules,
    WithdrawOffer,
)
from xogql.play.handler import Accepted, Order
from xogql.store.codec import GAMES
from xogql.store.event_store import EventStore, Stream, UnavailableError
from xogql.store.names import new_name

T = TypeVar("T")

PROCESSES = 2

processes = st.integers(0, PROCESSES - 1)
troubles = st.sampled_from(Trouble)
players = st.sampled_from([ANN, BOB, EVE])
some = st.integers(0, 99)
places = st.sampled_from([0, 0, 0, 1, 2])
"""Which game: mostly the first, or none would come far."""

marks = st.none() | st.sampled_from(Mark)
ages = st.sampled_from([None, None, None, 0, 1, -1])
"""How old the version is that a command expects; None: it expects none."""

wishes = st.sampled_from([Rules(3, 3, 3), Rules(3, 4, 3), Rules(4, 3, 4)])
sides = st.integers(-1, 3)
moves = st.builds(MakeMove, players, st.builds(Cell, sides, sides))
commands: st.SearchStrategy[game.Command] = st.one_of(
    moves,
    moves,
    moves,
    st.builds(JoinGame, players),
    st.builds(Resign, players),
    st.builds(CancelGame, players),
    st.builds(CreateGame, players, wishes | st.just(Rules(2, 3, 3)), marks, st.sampled_from(Mark)),
)

kinds = st.sampled_from(OfferKind)
next_game = st.just(GameId("game-next"))
bargains: st.SearchStrategy[game.Command] = st.one_of(
    st.builds(MakeOffer, players, kinds, next_game),
    st.builds(AcceptOffer, players, kinds, next_game),
    st.builds(WithdrawOffer, players, kinds),
    st.builds(DeclineOffer, players, kinds),
    st.builds(AbortGame, players),
)


class Commands(RuleBasedStateMachine):
    """The oracle says what must come of each step. *logs*: each process's access to the log."""

    def __init__(self, runner: asyncio.Runner, logs: Sequence[EventStore]) -> None:
        super().__init__()
        self._runner = runner
        self._logs = logs
        self._processes = [Process(each) for each in logs]
        self._games: list[tuple[Stream[game.Event], GameOracle]] = []
        self._sent: list[tuple[int, GameOrder]] = []
        self._followers: list[Collector] = []

    @initialize(rules=wishes, creator=players, mark=marks)
    def begin(self, rules: Rules, creator: game.PlayerId, mark: Mark | None) -> None:
        """Open a game; some are joined at once, or few would ever be played."""
        self._open()
        self._give(0, 0, CreateGame(creator, rules, mark, Mark.X))
        self._give(0, 0, JoinGame(BOB if creator == ANN else ANN))

    @rule(process=processes, command=commands, trouble=troubles)
    @precondition(lambda self: len(self._games) < 3)
    def open(self, process: int, command: game.Command, trouble: Trouble) -> None:
        """Give a command, a creation maybe, to a game that does not exist."""
        self._give(process, self._open(), command, trouble=trouble)

    @rule(process=processes, which=places, command=commands, age=ages, trouble=troubles)
    def give(
        self, process: int, which: int, command: game.Command, age: int | None, trouble: Trouble
    ) -> None:
        """Give any command."""
        self._give(process, which, command, age=age, trouble=trouble)

    @rule(process=processes, which=places, cell=some, age=ages, trouble=troubles)
    def move(self, process: int, which: int, cell: int, age: int | None, trouble: Trouble) -> None:
        """Make a move that is allowed, if there is one."""
        _, oracle = self._game(which)
        if free := oracle.free():
            player = oracle.seats()[oracle.turn()]
            command = MakeMove(player, free[cell % len(free)])
            self._give(process, which, command, age=age, trouble=trouble)

    @rule(process=processes, which=places, command=bargains, age=ages, trouble=troubles)
    def settle(
        self, process: int, which: int, command: game.Command, age: int | None, trouble: Trouble
    ) -> None:
        """Offer something, or answer."""
        self._give(process, which, command, age=age, trouble=trouble)

    @rule(moves=st.lists(st.tuples(some, troubles), min_size=2, max_size=9))
    def play(self, moves: Sequence[tuple[int, Trouble]]) -> None:
        """Go on with the first game, on all processes in turn."""
        for number, (cell, trouble) in enumerate(moves):
            self.move(number % PROCESSES, 0, cell, None, trouble)

    @rule(process=processes, which=some, age=ages, trouble=troubles)
    @precondition(lambda self: self._sent)
    def repeat(self, process: int, which: int, age: int | None, trouble: Trouble) -> None:
        """Send a command again, whatever has come of it."""
        place, order = self._sent[which % len(self._sent)]
        self._give(
            process, place, order.command, command_id=order.command_id, age=age, trouble=trouble
        )

    @rule(process=processes, which=some, command=commands)
    @precondition(lambda self: self._sent)
    def reuse(self, process: int, which: int, command: game.Command) -> None:
        """Send another command with an id that was sent before."""
        place, order = self._sent[which % len(self._sent)]
        self._give(process, place, command, command_id=order.command_id)

    @rule(which=places, command=commands, other=commands, same=st.booleans())
    def race(self, which: int, command: game.Command, other: game.Command, *, same: bool) -> None:
        """Give two commands at once to two processes, or the same one: some order explains it."""
        stream, oracle = self._game(which)
        first = Order(command, command.by, uuid4())
        second = first if same else Order(other, other.by, uuid4())
        here, there = self._processes
        answers = self._run(
            _both(here.handler.handle(stream, first), there.handler.handle(stream, second))
        )
        for turns in ((0, 1), (1, 0)):
            tried = deepcopy(oracle)
            expected = {turn: tried.answer((first, second)[turn]) for turn in turns}
            looks = [_agree(answers[turn], expected[turn], tried) for turn in turns]
            if all(looks):
                self._games[which % len(self._games)] = stream, tried
                return
        raise AssertionError(answers)

    @rule(process=processes)
    def crash(self, process: int) -> None:
        """Lose all that a process keeps, and its followers."""
        gone = self._processes[process]
        for each in [each for each in self._followers if each.process is gone]:
            self._run(each.leave())
            self._followers.remove(each)
        assert gone.is_idle()
        self._processes[process] = Process(self._logs[process])

    @rule(process=processes, which=places, back=st.integers(-2, 20))
    @precondition(lambda self: len(self._followers) < 6)
    def follow(self, process: int, which: int, back: int) -> None:
        """Follow a game from some version on, one to come maybe."""
        stream, oracle = self._game(which)
        self._follow(process, stream, max(0, oracle.version - back))

    @rule(process=processes, which=some)
    @precondition(lambda self: self._followers)
    def reconnect(self, process: int, which: int) -> None:
        """Go on at the cursor, on another process maybe."""
        follower = self._followers.pop(which % len(self._followers))
        self._run(follower.leave())
        self._follow(process, follower.stream, follower.cursor)

    @rule(which=some)
    @precondition(lambda self: self._followers)
    def catch_up(self, which: int) -> None:
        """By the backstop at the latest a follower has what there is."""
        self._catch_up(self._followers[which % len(self._followers)])

    @rule(process=processes, lost=st.booleans())
    def carry(self, process: int, *, lost: bool) -> None:
        """Carry a process's hints to all, or lose them."""
        said = self._processes[process].hearsay.said
        for payload in [] if lost else said:
            for each in self._processes:
                each.hear(payload)
        said.clear()

    @rule(process=processes, which=places, version=st.integers(1, 30) | st.integers(0, 2**31))
    def forge(self, process: int, which: int, version: int) -> None:
        """Have a process hear what nobody said."""
        self._processes[process].hear(f"{self._game(which)[0].name}={version}")

    def teardown(self) -> None:
        """Judge the log, what every process makes of it, and what is left."""
        for each in self._followers:
            self._catch_up(each)
            self._run(each.leave())
        for stream, oracle in self._games:
            recorded = self._run(self._processes[0].store.read(stream))
            assert [each.event for each in recorded] == oracle.events
            assert [each.actor for each in recorded] == [each.actor for each in oracle.orders]
            for process in self._processes:
                folded = self._run(process.states.load(stream))
                assert folded.version == oracle.version
                assert not oracle.version or look_of(folded.state) == oracle.look(oracle.version)
        assert all(each.is_idle() for each in self._processes)

    def _open(self) -> int:
        self._games.append((Stream(GAMES, new_name(GAMES)), GameOracle()))
        return len(self._games) - 1

    def _game(self, which: int) -> tuple[Stream[game.Event], GameOracle]:
        return self._games[which % len(self._games)]

    def _give(
        self,
        process: int,
        which: int,
        command: game.Command,
        *,
        command_id: UUID | None = None,
        age: int | None = None,
        trouble: Trouble = Trouble.NONE,
    ) -> None:
        """Give a command, and compare what came of it; who got no answer may repeat it."""
        place = which % len(self._games)
        stream, oracle = self._games[place]
        expected_version = None if age is None else oracle.version - age
        order = Order(command, command.by, command_id or uuid4(), expected_version)
        self._sent.append((place, order))
        here = self._processes[process]
        here.store.trouble = trouble
        try:
            answer = self._run(here.handler.handle(stream, order))
        except UnavailableError:
            assert trouble is Trouble.UNAVAILABLE
        except CrashError as crash:
            if crash.committed:
                assert isinstance(oracle.answer(order), Taken)
            self.crash(process)
        else:
            expected = oracle.answer(order)
            assert _agree(answer, expected, oracle), (order, answer, expected)
        here.store.trouble = Trouble.NONE

    def _follow(self, process: int, stream: Stream[game.Event], after: int) -> None:
        self._followers.append(
            self._run(_made(lambda: Collector(self._processes[process], stream, after)))
        )

    def _catch_up(self, follower: Collector) -> None:
        oracle = next(oracle for stream, oracle in self._games if stream == follower.stream)
        self._run(follower.process.ask())
        seen = self._run(follower.reach(oracle.version))
        first = follower.after + 1
        assert [each.version for each in seen] == list(range(first, first + len(seen)))
        assert [each.event for each in seen] == oracle.events[follower.after :]

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(coroutine)


def look_of(state: game.State) -> Look:
    """Tell what can be seen of a state."""
    assert not isinstance(state, game.Absent)
    rows, columns = range(state.rules.rows), range(state.rules.columns)
    cells = {
        Cell(row, column): state.board[Cell(row, column)] for row in rows for column in columns
    }
    marks = {cell: mark for cell, mark in cells.items() if mark is not None}
    offers = [(each.kind, each.mark) for each in state.offers]
    return Look(state.status, marks, state.winner, state.lines, offers)


def _agree(answer: GameAnswer, expected: Taken | Refusal, oracle: GameOracle) -> bool:
    """Tell whether this is the answer that the oracle gave."""
    if not isinstance(answer, Accepted):
        return type(answer.reason) is expected
    if not isinstance(expected, Taken):
        return False
    recorded: Sequence[Any] = answer.recorded
    return (
        [each.event for each in recorded] == oracle.events[expected.before : expected.after]
        and [each.version for each in recorded]
        == list(range(expected.before + 1, expected.after + 1))
        and {each.command_id for each in recorded} == {expected.order.command_id}
        and {each.actor for each in recorded} == {expected.order.actor}
        and answer.folded.version == expected.after
        and look_of(answer.folded.state) == oracle.look(expected.after)
    )


async def _both(one: Coroutine[Any, Any, T], other: Coroutine[Any, Any, T]) -> tuple[T, T]:
    return await asyncio.gather(one, other)


async def _made(make: Callable[[], T]) -> T:
    return make()
