"""Presence against a model: whoever comes, goes or is killed, in the end all see who is there."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from uuid import UUID

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.live.test_presence import ANN, BOB, EVE, Process, World
from tests.simulation.clock import run
from xogql.game import PlayerId
from xogql.live.hall import Hall, View
from xogql.live.presence import BEAT, LAPSE, Presence, Visit
from xogql.live.stay import DEBOUNCE, Stay
from xogql.store.whereabouts import Whereabout

PROCESSES = 3
SETTLED = LAPSE + DEBOUNCE + 4 * BEAT
"""Seconds after which everything has lapsed, was told again and was read."""


class Kind(Enum):
    """What may happen. Who is frozen or killed says no more; who is stopped takes it all back."""

    COME = auto()
    GO = auto()
    KILL = auto()
    STOP = auto()
    FREEZE = auto()
    THAW = auto()
    LOSE_HINTS = auto()
    CARRY_HINTS = auto()
    LOSE_DATABASE = auto()
    CRASH_DATABASE = auto()
    HAVE_DATABASE = auto()


@dataclass(frozen=True)
class Step:
    """*flag*: whoever comes looks away, whoever goes is cut off. Then *seconds* pass."""

    kind: Kind
    process: int
    player: PlayerId
    flag: bool
    seconds: float


kinds = st.sampled_from([*Kind, *[Kind.COME] * 8, *[Kind.GO] * 6])
steps = st.builds(
    Step,
    kinds,
    st.integers(0, PROCESSES - 1),
    st.sampled_from([ANN, ANN, BOB, BOB, EVE, PlayerId("player-max")]),
    st.booleans(),
    st.sampled_from([0.1, 0.1, 1.0, 2.9, 4.0, 10.0]),
)


@dataclass
class Connection:
    """A visit, and who makes it."""

    player: PlayerId
    hidden: bool
    visit: Visit
    stack: ExitStack


@dataclass
class Host:
    """A process, who is connected to it, and how those went that were."""

    process: Process
    stack: AsyncExitStack
    connections: list[Connection] = field(default_factory=list)
    went: dict[PlayerId, Whereabout] = field(default_factory=dict)

    async def end(self) -> None:
        for each in self.connections:
            each.stack.close()
        await self.stack.aclose()


class Day:
    """Has steps happen, and remembers what is so."""

    def __init__(self) -> None:
        self._world = World()
        self._hosts: list[Host] = []
        self._dead: list[Host] = []

    async def begin(self) -> None:
        self._hosts = [await self._started() for _ in range(PROCESSES)]

    async def happen(self, step: Step) -> None:
        """Have something happen; a process that ended is replaced by another."""
        host = self._hosts[step.process]
        match step.kind:
            case Kind.COME:
                self._come(host, step.player, hidden=step.flag)
            case Kind.GO:
                self._go(host, step)
            case Kind.KILL | Kind.STOP:
                await self._end_of(host, is_killed=step.kind is Kind.KILL)
                self._hosts[step.process] = await self._started()
            case Kind.FREEZE | Kind.THAW:
                host.process.chalk.is_dead = step.kind is Kind.FREEZE
            case Kind.LOSE_HINTS | Kind.CARRY_HINTS:
                self._world.loses_hints = step.kind is Kind.LOSE_HINTS
            case Kind.CRASH_DATABASE:
                self._world.board.crash()
            case Kind.LOSE_DATABASE | Kind.HAVE_DATABASE:
                self._world.board.is_away = step.kind is Kind.LOSE_DATABASE
        await asyncio.sleep(step.seconds)

    async def settle(self) -> None:
        """Let all be well again, but for hints, and wait; somebody looks at each process."""
        self._world.board.is_away = False
        for host in self._hosts:
            host.process.chalk.is_dead = False
            self._come(host, EVE, hidden=False)
        await asyncio.sleep(SETTLED)

    async def judge(self) -> None:
        """Compare what everybody sees with what is so."""
        for host in self._hosts:
            for each in host.connections:
                async with asyncio.timeout(SETTLED):
                    self._compare(await each.visit.view())

    async def end(self) -> None:
        for each in (*self._hosts, *self._dead):
            await each.end()

    async def _end_of(self, host: Host, *, is_killed: bool) -> None:
        if is_killed:
            host.process.chalk.is_dead = True
            self._dead.append(host)
        else:
            await host.end()

    async def _started(self) -> Host:
        stack = AsyncExitStack()
        return Host(await stack.enter_async_context(self._world.process()), stack)

    def _come(self, host: Host, player: PlayerId, *, hidden: bool) -> None:
        stack = ExitStack()
        visit = host.process.comes(stack, player, hidden=hidden)
        host.connections.append(Connection(player, hidden, visit, stack))

    def _go(self, host: Host, step: Step) -> None:
        gone = next((each for each in host.connections if each.player == step.player), None)
        if gone is not None:
            gone.visit.cut = step.flag
            host.connections.remove(gone)
            host.went[step.player] = Whereabout.CUT_OFF if step.flag else Whereabout.LEFT
            gone.stack.close()

    def _compare(self, view: View) -> None:
        for player in (ANN, BOB):
            place = view.places.get(player)
            assert (place and place.whereabout) in self._possible(player), (player, view)
        watchers = [{each.player for each in host.connections} for host in self._hosts]
        assert view.watchers == sum(len(each - {ANN, BOB}) for each in watchers)

    def _possible(self, player: PlayerId) -> set[Whereabout | None]:
        """Tell where a player may be said to be: one place, unless two processes saw them go."""
        connections = [each for host in self._hosts for each in host.connections]
        hidden = {each.hidden for each in connections if each.player == player}
        if hidden:
            return {Whereabout.HIDDEN if all(hidden) else Whereabout.HERE}
        return {host.went[player] for host in self._hosts if player in host.went} or {None}


async def day(happened: list[Step]) -> None:
    here = Day()
    await here.begin()
    try:
        for step in happened:
            await here.happen(step)
        await here.settle()
        await here.judge()
    finally:
        await here.end()


def settles(examples: int, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    """Have so many days pass in no time."""

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, phases=phases)
    @given(st.lists(steps, min_size=10, max_size=50))
    def check(happened: list[Step]) -> None:
        run(partial(day, happened))

    check()


def test_presence_settles_to_what_is_so() -> None:
    settles(100)


def forgets_who_looks_away(patch: pytest.MonkeyPatch) -> None:
    go = Stay.go

    def always_open(self: Stay, at: float, *, hidden: bool, cut: bool) -> None:
        go(self, at, hidden=False, cut=cut)

    patch.setattr(Stay, "go", always_open)


def believes_the_dead(patch: pytest.MonkeyPatch) -> None:
    look = Hall.look

    def believing(self: Hall, _alive: frozenset[UUID], remembered: frozenset[UUID]) -> None:
        look(self, remembered, remembered)

    patch.setattr(Hall, "look", believing)


def tells_nothing_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Hall, "tell_again", lambda _: None)


def leaves_without_a_word(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Presence, "stir", lambda *_: None)


@pytest.mark.parametrize(
    "mistake",
    [forgets_who_looks_away, believes_the_dead, tells_nothing_again, leaves_without_a_word],
    ids=lambda each: each.__name__,
)
def test_a_mistake_is_found(
    mistake: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake(monkeypatch)

    with pytest.raises((AssertionError, TimeoutError)):
        settles(100, phases=(Phase.generate,))
