"""A table of measurements, as it is printed and kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Table:
    """What was measured together, in interleaved rounds; figures are text already."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default=())

    def __str__(self) -> str:
        lines = [f"### {self.title}", "", *_lines([self.columns, ["---"] * len(self.columns)])]
        lines += _lines(self.rows)
        for each in self.notes:
            lines += ["", each]
        return "\n".join(lines) + "\n"


def _lines(rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in rows]


def number(value: float) -> str:
    """Write a figure with three digits that count."""
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3  # noqa: PLR2004
    return f"{value:,.{digits}f}"


def spread(values: Sequence[float]) -> str:
    """Write the median of several rounds, and the smallest."""
    return f"{number(median(values))} ({number(min(values))})"


def peak(values: Sequence[float]) -> str:
    """Write the median of several rounds, and the largest."""
    return f"{number(median(values))} ({number(max(values))})"
