"""The pattern table: what each lane offers to both marks, worked out once and remembered.

A lane's marks are its pattern. A search meets few patterns, again and again; so all that is
wanted of one is packed into numbers that are added up over the lanes of a board.
"""

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from xogql.game.bots.lanes import Layout, layout
from xogql.game.bots.shapes import Shapes, shapes
from xogql.game.rules import Rules

FIVES, STRAIGHTS, FOURS, THREES = range(4)
KINDS = 4
GAIN_BITS = 16
PLACES = 20
"""Bits for the marks of one player in a lane."""

POTENTIAL_BITS = 40

_MOST_PATTERNS = 30_000
"""About a kilobyte each; a game on 19×19 meets some 20,000."""


class Pattern(NamedTuple):
    """What a lane offers, as bits of the board.

    *cells* holds the cells of each kind of shape, for X and then for O, a board's worth of bits
    each; *gains* a number for each cell; *worth* is X's less O's; *potential* is X's, and above
    it O's.
    """

    cells: int
    gains: int
    worth: int
    potential: int


Crossing: TypeAlias = tuple[int, int, tuple[int, int], dict[int, Pattern]]
"""A lane through a cell: its direction, its number, the bits of X's and O's mark in the cell, and
the patterns of the lane that are known."""


class PatternTable:
    """The patterns of the lanes of a board that were met so far."""

    def __init__(self, rules: Rules) -> None:
        self.layout: Layout = layout(rules)
        self._line = rules.line
        self._patterns: list[dict[int, Pattern]] = [{} for _ in self.layout.lanes]
        self._met: dict[tuple[int, int, int], Pattern] = {}
        self.crossings = tuple(
            tuple(self._crossing(lane, place) for lane, place in crossings)
            for crossings in self.layout.crossings
        )

    @property
    def is_full(self) -> bool:
        """Whether more is remembered than should be."""
        return sum(map(len, self._patterns)) > _MOST_PATTERNS

    def pattern(self, lane: int, marks: int) -> Pattern:
        """Return the pattern of a lane with these *marks*: X's places, and above them O's."""
        known = self._patterns[lane]
        if marks not in known:
            known[marks] = self._moved(lane, marks)
        return known[marks]

    def _crossing(self, lane: int, place: int) -> Crossing:
        direction = self.layout.lanes[lane].direction
        return direction, lane, (1 << place, 1 << place + PLACES), self._patterns[lane]

    def _moved(self, lane: int, marks: int) -> Pattern:
        start = self.layout.lanes[lane].start
        at_first = self._at_first_bit(lane, marks)
        return at_first._replace(
            cells=at_first.cells << start, gains=at_first.gains << start * GAIN_BITS
        )

    def _at_first_bit(self, lane: int, marks: int) -> Pattern:
        step, length = self.layout.lanes[lane].step, self.layout.lanes[lane].length
        key = step, length, marks
        if key not in self._met:
            xs, os = marks & (1 << PLACES) - 1, marks >> PLACES
            self._met[key] = self._worked_out(step, length, xs, os)
        return self._met[key]

    def _worked_out(self, step: int, length: int, xs: int, os: int) -> Pattern:
        x = shapes(length, self._line, xs, os)
        o = shapes(length, self._line, os, xs)
        size = self.layout.size
        cells = _spread(x, step, size) | _spread(o, step, size) << KINDS * size
        gains = sum(
            (a + b) << place * step * GAIN_BITS
            for place, (a, b) in enumerate(zip(x.gains, o.gains, strict=True))
        )
        potential = x.potential | o.potential << POTENTIAL_BITS
        return Pattern(cells, gains, x.worth - o.worth, potential)


def _spread(of: Shapes, step: int, size: int) -> int:
    spread = 0
    for kind, places in enumerate((of.fives, of.straights, of.fours, of.threes)):
        place = 0
        while places >> place:
            spread |= (places >> place & 1) << place * step + kind * size
            place += 1
    return spread


def pattern_table(rules: Rules) -> PatternTable:
    """Return the table of *rules* that this process has, or a new one when that is full."""
    tables = _tables(rules)
    if tables[-1].is_full:
        tables[:] = [PatternTable(rules)]
    return tables[-1]


@lru_cache(maxsize=4)
def _tables(rules: Rules) -> list[PatternTable]:
    return [PatternTable(rules)]
