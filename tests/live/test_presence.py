"""Who is where, by a virtual clock: three seconds, lost hints, deaths, and a database away."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from tests.live.blackboard import Blackboard, Chalk
from tests.simulation.clock import now, run
from xogql.game import GameId, PlayerId
from xogql.live import presence
from xogql.live.hall import View
from xogql.live.presence import BEAT, LAPSE, LONGEST_ABSENCE, PAUSE, TIDY, TOPIC, Presence, Visit
from xogql.live.stay import DEBOUNCE
from xogql.live.wakeups import Wakeups

GAME = GameId("game-of-anns")
ANN, BOB, EVE = PlayerId("player-ann"), PlayerId("player-bob"), PlayerId("player-eve")
SOON = 3 * PAUSE
"""What is told at once takes: news is gathered for it, and again before it is read."""


@dataclass
class World:
    """Processes that hear each other at once, unless hints are lost."""

    board: Blackboard = field(default_factory=Blackboard)
    wakeups: list[Wakeups] = field(default_factory=list)
    loses_hints: bool = False

    def publish(self, topic: str) -> None:
        assert topic == TOPIC
        for each in self.wakeups:
            if not self.loses_hints:
                each.wake(topic)

    @asynccontextmanager
    async def process(self) -> AsyncGenerator["Process"]:
        chalk, wakeups = Chalk(self.board), Wakeups()
        self.wakeups.append(wakeups)
        presence = Presence(wakeups, self.publish, chalk)
        async with presence.running():
            yield Process(presence, chalk)
        self.wakeups.remove(wakeups)


@dataclass
class Process:
    presence: Presence
    chalk: Chalk
    seats: tuple[PlayerId, ...] = (ANN, BOB)

    def comes(self, stack: ExitStack, player: PlayerId, *, hidden: bool = False) -> Visit:
        visit = stack.enter_context(self.presence.visit(GAME, player, hidden=hidden))
        visit.seat(self.seats)
        return visit

    def sight(self, stack: ExitStack, player: PlayerId) -> "Sight":
        return Sight(self.comes(stack, player))


@dataclass
class Sight:
    """What somebody sees, and when it changed."""

    visit: Visit
    seen: list[tuple[float, dict[str, tuple[str, float]], int]] = field(default_factory=list)

    async def look(self) -> None:
        while True:
            view = await self.visit.view()
            self.seen.append((now(), places(view), view.watchers))
            await self.visit.news.wait()

    @property
    def whereabouts(self) -> list[dict[str, str]]:
        return [{name: place for name, (place, _) in each.items()} for _, each, _ in self.seen]


def places(view: View) -> dict[str, tuple[str, float]]:
    """Where players are, and the second of the virtual day since when."""
    return {
        player: (place.whereabout.value, round(place.since.timestamp() % 86400, 3))
        for player, place in view.places.items()
    }


Story = Callable[[World, Process, Process], Awaitable[None]]


def told(story: Story) -> Callable[[], None]:
    """Make a test of a story of two processes: a day passes in no time."""

    async def main() -> None:
        world = World()
        async with world.process() as here, world.process() as there:
            await story(world, here, there)

    def test() -> None:
        run(main)

    return test


@asynccontextmanager
async def looking(sight: Sight) -> AsyncGenerator[Sight]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(sight.look())
        yield sight
        task.cancel()


@told
async def test_who_comes_is_seen_everywhere_at_once(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            await asyncio.sleep(10)
            there.comes(stack, BOB)
            await asyncio.sleep(SOON)

            assert seen.seen[-1][1] == {ANN: ("HERE", 0.0), BOB: ("HERE", 10.0)}
            assert len(seen.seen) == 2


@told
async def test_who_goes_is_seen_when_three_seconds_have_passed(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            with ExitStack() as bobs:
                visit = there.comes(bobs, BOB)
                await asyncio.sleep(10)
                visit.cut = True
            await asyncio.sleep(DEBOUNCE - PAUSE)
            assert seen.seen[-1][1][BOB] == ("HERE", 0.0)
            await asyncio.sleep(PAUSE + SOON)

            assert seen.seen[-1][1][BOB] == ("CUT_OFF", 10.0)
            assert 13.0 <= seen.seen[-1][0] <= 13.0 + SOON


@told
async def test_flapping_is_seen_by_nobody(world: World, here: Process, there: Process) -> None:
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            for number in range(50):
                at = (here, there)[number % 2]
                with ExitStack() as bobs:
                    at.comes(bobs, BOB).cut = number % 5 == 0
                    await asyncio.sleep(1.5)
                await asyncio.sleep(1)

            assert {each[BOB] for each in seen.whereabouts if BOB in each} == {"HERE"}


@told
async def test_a_lost_hint_is_made_up_for(world: World, here: Process, there: Process) -> None:
    world.loses_hints = True
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            await asyncio.sleep(10)
            there.comes(stack, BOB)
            await asyncio.sleep(BEAT + SOON)

            assert seen.whereabouts[-1] == {ANN: "HERE", BOB: "HERE"}


@told
async def test_what_a_dead_process_told_is_known_no_more(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            there.comes(stack, BOB)
            await asyncio.sleep(10)
            there.chalk.is_dead = True
            await asyncio.sleep(LAPSE + BEAT + SOON)
            assert seen.whereabouts[-1] == {ANN: "HERE"}
            await asyncio.sleep(1000)
            assert seen.whereabouts[-1] == {ANN: "HERE"}
            assert len(world.board.processes) == 1
            there.chalk.is_dead = False
            await asyncio.sleep(10)

            assert seen.seen[-1][1][BOB] == ("HERE", 0.0)


@told
async def test_a_process_that_stood_still_is_believed_again(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            there.comes(stack, BOB)
            await asyncio.sleep(10)
            there.chalk.is_dead = True
            await asyncio.sleep(20)
            there.chalk.is_dead = False
            await asyncio.sleep(10)

            known = [BOB in each for each in seen.whereabouts]
            assert known == [False, True, False, True]


@told
async def test_a_crash_of_the_database_is_told_over(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            there.comes(stack, BOB)
            await asyncio.sleep(10)
            world.board.is_away = True
            await asyncio.sleep(LAPSE / 2)
            assert seen.whereabouts[-1] == {ANN: "HERE", BOB: "HERE"}
            await asyncio.sleep(3 * LAPSE)
            assert seen.whereabouts[-1] == {}
            world.board.crash()
            world.board.is_away = False
            await asyncio.sleep(10)

            assert seen.seen[-1][1] == {ANN: ("HERE", 0.0), BOB: ("HERE", 0.0)}


@told
async def test_nobody_sees_a_game_before_they_are_seen_in_it(
    world: World, here: Process, there: Process
) -> None:
    world.board.is_away = True
    with ExitStack() as stack:
        there.comes(stack, BOB)
        async with looking(here.sight(stack, ANN)) as seen:
            await asyncio.sleep(100)
            assert seen.seen == []
            world.board.is_away = False
            await asyncio.sleep(10)

            assert ANN in seen.whereabouts[0]


@told
async def test_watchers_are_counted_and_do_not_flap(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            await asyncio.sleep(1)
            for number in range(5):
                (here, there)[number % 2].comes(stack, PlayerId(f"player-{number}"))
            there.comes(stack, PlayerId("player-3"), hidden=True)
            with ExitStack() as eves:
                there.comes(eves, EVE)
                await asyncio.sleep(10)
            await asyncio.sleep(2)
            with ExitStack() as eves:
                there.comes(eves, EVE)
                await asyncio.sleep(10)
            await asyncio.sleep(10)

            counts = [count for _, _, count in seen.seen]
            assert counts == [*sorted(counts[:-1]), 5]
            assert counts[-2:] == [6, 5]


@told
async def test_whoever_takes_a_seat_watches_no_more(
    world: World, here: Process, there: Process
) -> None:
    here.seats = there.seats = (ANN,)
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            visit = there.comes(stack, BOB)
            await asyncio.sleep(10)
            assert (seen.whereabouts[-1], seen.seen[-1][2]) == ({ANN: "HERE"}, 1)
            visit.seat((ANN, BOB))
            await asyncio.sleep(SOON)

            assert (seen.whereabouts[-1], seen.seen[-1][2]) == ({ANN: "HERE", BOB: "HERE"}, 0)


@told
async def test_a_thousand_who_follow_cost_one_read(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        for number in range(1000):
            here.comes(stack, PlayerId(f"player-{number}"))
        await asyncio.sleep(10)
        before = world.board.asked.copy()
        there.comes(stack, BOB)
        await asyncio.sleep(10)

        asked = world.board.asked - before
        assert asked["tell"] == 1
        assert asked["read"] <= 2 * (10 / BEAT + 3)


@told
async def test_where_nobody_is_nothing_is_asked(
    world: World, here: Process, there: Process
) -> None:
    await asyncio.sleep(10 * TIDY)

    assert not world.board.asked


@told
async def test_who_left_is_remembered_for_a_day_and_then_forgotten(
    world: World, here: Process, there: Process
) -> None:
    with ExitStack() as stack:
        there.comes(stack, BOB)
    await asyncio.sleep(LONGEST_ABSENCE / 2)
    with ExitStack() as stack:
        async with looking(here.sight(stack, ANN)) as seen:
            await asyncio.sleep(1)
            assert seen.seen[-1][1][BOB] == ("LEFT", 0.0)
    await asyncio.sleep(2 * LONGEST_ABSENCE)

    assert world.board.rows == {}
    before = world.board.asked.copy()
    await asyncio.sleep(10 * TIDY)
    assert world.board.asked == before


def test_a_process_that_ends_takes_back_what_it_told() -> None:
    async def main() -> None:
        world = World()
        async with world.process() as here:
            with ExitStack() as stack:
                async with looking(here.sight(stack, ANN)) as seen:
                    async with world.process() as there:
                        with ExitStack() as bobs:
                            there.comes(bobs, BOB)
                            await asyncio.sleep(10)
                    await asyncio.sleep(SOON)

                    assert seen.whereabouts[-2:] == [{ANN: "HERE", BOB: "HERE"}, {ANN: "HERE"}]

    run(main)


def test_of_too_many_games_that_everybody_left_the_first_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(presence, "MOST_LEFT", 3)

    async def main() -> None:
        world = World()
        games = [GameId(f"game-{number}") for number in range(10)]
        async with world.process() as here:
            for game_id in games:
                with here.presence.visit(game_id, ANN, hidden=False) as visit:
                    visit.seat((ANN,))
                    await asyncio.sleep(1)
            await asyncio.sleep(4 * TIDY)

            assert {game_id for game_id, _, _ in world.board.rows} == set(games[-3:])

    run(main)
