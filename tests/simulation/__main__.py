"""The simulation as a tool: `python -m tests.simulation --seeds 5000`, or `--seed 17 --trace`."""

import os
import sys
import time

import click

from tests.simulation.sweep import Figures, figures, runs
from tests.simulation.world import Run, simulate

_COLUMNS = (
    "committed",
    "delivered",
    "hint",
    "hint lost",
    "forged",
    "cut",
    "crash",
    "outage",
)


@click.command()
@click.option("--seeds", default=1000, help="How many seeds are run.", show_default=True)
@click.option("--first", default=0, help="The first of them.", show_default=True)
@click.option("--seed", type=int, help="Run this one alone.")
@click.option("--trace", is_flag=True, help="Print all that happened.")
@click.option("--workers", default=os.cpu_count() or 1, help="Processes to run them with.")
def main(seeds: int, first: int, seed: int | None, workers: int, *, trace: bool) -> None:
    """Let the followers of a simulated world tell what was lost, doubled, out of order or late."""
    if seed is not None:
        run = simulate(seed, traced=trace)
        for line in run.lines:
            click.echo(line)
        click.echo(f"{run.plan}\ndigest {run.digest:08x}, {run.seconds:.1f} virtual seconds")
        broken = [] if run.broken is None else [run]
    else:
        broken = _swept(range(first, first + seeds), workers)
    for each in broken:
        _complain(each)
    sys.exit(bool(broken))


def _swept(seeds: range, workers: int) -> list[Run]:
    begun = time.perf_counter()
    found = figures(runs(seeds, workers=workers))
    took = time.perf_counter() - begun
    click.echo(f"{'':8}{'runs':>7}" + "".join(f"{each:>11}" for each in _COLUMNS) + f"{'worst':>9}")
    for name, each in sorted(found.items()):
        click.echo(_row(name, each))
    virtual = sum(each.seconds for each in found.values())
    broken = [run for each in found.values() for run in each.broken]
    click.echo(
        f"{len(seeds)} seeds, {virtual:,.0f} virtual seconds in {took:.1f} seconds:"
        f" {len(broken)} broke a promise."
    )
    return broken


def _row(name: str, each: Figures) -> str:
    counts = "".join(f"{each.counts[column]:>11,}" for column in _COLUMNS)
    return f"{name:8}{each.runs:>7,}{counts}{each.worst:>8.2f}s"


def _complain(run: Run) -> None:
    click.echo(f"Seed {run.plan.seed} ({run.plan.weather.name}): {run.broken}")
    click.echo(f"See it: python -m tests.simulation --seed {run.plan.seed} --trace")


if __name__ == "__main__":
    main()
