"""Many seeds, one after the other and side by side; what they came to."""

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.simulation.world import Run, simulate

CHUNK = 25


@dataclass
class Figures:
    """What happened in all runs of one weather.

    *worst*: the longest that a follower waited past the last trouble.
    """

    runs: int = 0
    seconds: float = 0.0
    worst: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    broken: list[Run] = field(default_factory=list)

    def add(self, run: Run) -> None:
        """Add a run."""
        self.runs += 1
        self.seconds += run.seconds
        self.worst = max(self.worst, run.worst)
        self.counts += run.counts
        if run.broken is not None:
            self.broken.append(run)


def runs(seeds: Sequence[int], *, workers: int = 1) -> Iterator[Run]:
    """Run seeds, in their order."""
    if workers == 1:
        yield from map(simulate, seeds)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(simulate, seeds, CHUNK)


def figures(runs: Iterable[Run]) -> dict[str, Figures]:
    """Add runs up, by their weather."""
    found: dict[str, Figures] = {}
    for run in runs:
        found.setdefault(run.plan.weather.name, Figures()).add(run)
    return found
