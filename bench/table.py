"""A table of measurements, with the machine that they were made on."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median


@dataclass(frozen=True)
class Row:
    """One thing that was measured in several rounds, in one unit."""

    name: str
    unit: str
    rounds: Sequence[float]


@dataclass(frozen=True)
class Table:
    """Rows that were measured together, in interleaved rounds."""

    title: str
    rows: Sequence[Row]

    def __str__(self) -> str:
        lines = [f"## {self.title}", "", machine(), ""]
        lines += ["| what | unit | median | min | max | rounds |", "|---|---|---|---|---|---|"]
        for row in self.rows:
            figures = (median(row.rounds), min(row.rounds), max(row.rounds))
            shown = " | ".join(f"{each:,.1f}" for each in figures)
            lines.append(f"| {row.name} | {row.unit} | {shown} | {len(row.rounds)} |")
        return "\n".join(lines) + "\n"


def machine() -> str:
    """Say where and with what this was measured."""
    now = datetime.now(UTC).date().isoformat()
    return (
        f"{now}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}"
    )
