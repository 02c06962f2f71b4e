"""`python -m tests.faults [--seed N] [--short] [NAME ...]`: make faults happen, print a table."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

import click

from tests.faults.fault import Fault, Outcome, run
from tests.faults.matrix import MATRIX
from tests.faults.stage import stage_in
from tests.faults.table import table

NAMES = {each.name: each for each in MATRIX}
SHOWN = 5
"""How many breaches of one fault are printed."""


@click.command(epilog="Names: " + ", ".join(NAMES))
@click.argument("names", nargs=-1, type=click.Choice(list(NAMES)), metavar="[NAME]...")
@click.option("--seed", type=int, help="Repeat a run's schedule; else one is rolled.")
@click.option("--short", is_flag=True, help="A few rounds of each.")
@click.option(
    "--bindir",
    type=click.Path(path_type=Path),
    envvar="XOGQL_POSTGRES_BINDIR",
    help="Programs of the Postgres to use; else those that xogql finds.",
)
def main(names: Sequence[str], seed: int | None, *, short: bool, bindir: Path | None) -> None:
    """Make every fault happen, or those named; the status is 1 if a promise was broken."""
    seed = SystemRandom().randrange(10**6) if seed is None else seed
    faults = [NAMES[each] for each in names or NAMES]
    click.echo(f"seed {seed}", err=True)
    outcomes, database = asyncio.run(_all(faults, seed, short=short, bindir=bindir))
    click.echo(table(outcomes, database, seed))
    for each in outcomes:
        for breach in each.breaches[:SHOWN]:
            click.echo(f"{each.fault.name}: {breach.kind}: {breach.what}", err=True)
    sys.exit(any(each.breaches for each in outcomes))


async def _all(
    faults: Sequence[Fault], seed: int, *, short: bool, bindir: Path | None
) -> tuple[Sequence[Outcome], str]:
    outcomes = []
    with TemporaryDirectory(prefix="xogql-faults-") as folder:
        async with stage_in(Path(folder), bindir) as stage:
            for fault in faults:
                outcome = await run(fault, stage, seed, short=short)
                outcomes.append(outcome)
                click.echo(f"{fault.name}: {outcome.seconds:.1f} s", err=True)
            return outcomes, stage.database.version


if __name__ == "__main__":
    main()
