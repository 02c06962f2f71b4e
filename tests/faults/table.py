"""The report: a row a fault."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from tests.faults.checker import Kind
from tests.faults.fault import Outcome

HEADS = ("fault", "runs", "acknowledged", *Kind, "worst time to recover")


def table(outcomes: Sequence[Outcome], database: str, seed: int) -> str:
    """Write the outcomes in Markdown, with where and on what they came about."""
    lines = [_circumstances(database, seed), ""]
    lines += [_line(HEADS), _line(["---", *["---:"] * (len(HEADS) - 1)])]
    lines += [_line(_cells(each)) for each in outcomes]
    return "\n".join(lines)


def _circumstances(database: str, seed: int) -> str:
    return (
        f"{datetime.now(UTC).date()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, PostgreSQL {database}, "
        f"seed {seed}"
    )


def _cells(outcome: Outcome) -> Sequence[str]:
    if outcome.skipped:
        return [outcome.fault.what, f"not run: {outcome.skipped}", *[""] * (len(HEADS) - 2)]
    counts = (outcome.runs, outcome.acknowledged, *map(outcome.count, Kind))
    worst = f"{outcome.worst_recovery:.2f} s" if outcome.worst_recovery else ""
    return [outcome.fault.what, *map("{:,}".format, counts), worst]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
