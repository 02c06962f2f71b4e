"""A whole world, run from a seed: servers, those outside, and what befalls them."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any

from tests.simulation import clock
from tests.simulation.carrier import Carrier
from tests.simulation.clients import Follower, Games, Watcher, Writer
from tests.simulation.enclosure import enclosed
from tests.simulation.faults import Faults
from tests.simulation.fleet import Fleet
from tests.simulation.log import SharedLog
from tests.simulation.promises import (
    BrokenPromiseError,
    ComplaintError,
    InVainError,
    LeftBehindError,
    Promises,
)
from tests.simulation.trace import Trace
from tests.simulation.weather import Plan, plan
from xogql.store.codec import GAMES
from xogql.store.event_store import Stream

HORIZON = 300.0
"""Seconds after which nothing more is waited for."""


@dataclass(frozen=True)
class Run:
    """What came of a seed. *counts*: how often each kind of thing happened.

    *seconds*: virtual ones. *worst*: the longest that a follower waited past the last trouble.
    *broken*: the promise that did not hold.
    """

    plan: Plan
    digest: int
    counts: Counter[str]
    lines: list[str]
    seconds: float
    worst: float
    broken: str | None


class World:
    """Everything there is in a run."""

    def __init__(self, plan: Plan, trace: Trace) -> None:
        self.dice = Random(plan.seed)
        self.carrier = Carrier(plan.weather, self.dice, trace)
        self.seconds = 0.0
        self._plan = plan
        self._log = SharedLog(plan.weather, self.dice, trace)
        self._streams: list[Games] = [Stream(GAMES, f"game-{each}") for each in range(plan.streams)]
        self._written = [
            (stream, [self.dice.choice((1, 1, 2, 3)) for _ in range(plan.appends)])
            for stream, _ in zip(cycle(self._streams), range(plan.writers), strict=False)
        ]
        self._ends = Counter({stream.name: 0 for stream in self._streams})
        for stream, lengths in self._written:
            self._ends[stream.name] += sum(lengths)
        bound = plan.weather.bound(plan.followers)
        self.promises = Promises(self._log, self.carrier, bound, self._ends.total())

    async def run(self) -> None:
        """Let it all happen.

        Raises:
            BrokenPromiseError: if it went otherwise than promised.
        """
        fleet = Fleet(self._log, self.carrier, self._plan.servers)
        try:
            async with asyncio.timeout(HORIZON):
                await asyncio.gather(*self._coming(fleet))
                await fleet.stop()
        except TimeoutError:
            raise InVainError from None
        finally:
            self.seconds = clock.now()
        await _nothing_is_left(fleet)

    def _coming(self, fleet: Fleet) -> Iterator[Coroutine[Any, Any, None]]:
        """Everybody, and everything that happens to them."""
        for stream, lengths in self._written:
            yield Writer(self._log, fleet, stream, lengths).run()
        for stream in self.dice.choices(self._streams, k=self._plan.followers):
            yield Follower(self.promises, fleet, stream, self._ends[stream.name]).run()
        for _ in range(self._plan.watchers):
            yield Watcher(self.promises, fleet).run()
        yield from Faults(self._log, self.carrier, fleet).coming()


def simulate(seed: int, *, traced: bool = False) -> Run:
    """Run the world of a seed."""
    planned, trace = plan(seed), Trace(kept=traced)
    world, broken = World(planned, trace), None
    with enclosed(world.carrier, world.dice, page=planned.page) as complaints:
        try:
            clock.run(lambda: _watched(world, complaints.unseen))
        except (BrokenPromiseError, clock.DeadlockError, clock.LivelockError) as error:
            broken = repr(error)
    if complaints.heard and broken is None:
        broken = repr(ComplaintError(*complaints.heard))
    return Run(
        planned,
        trace.digest,
        trace.counts,
        trace.lines,
        world.seconds,
        world.promises.worst,
        broken,
    )


async def _watched(world: World, unseen: clock.Unseen) -> None:
    asyncio.get_running_loop().set_exception_handler(unseen)
    await world.run()


async def _nothing_is_left(fleet: Fleet) -> None:
    """Tell what is still there, though everybody has gone."""
    await asyncio.sleep(0.001)
    tasks = [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]
    if left := [*fleet.leftovers(), *map(str, tasks)]:
        raise LeftBehindError(*left)
