"""Lanes: the straight runs of cells, from edge to edge, in which a line can be made."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from xogql.game.board import Cell
from xogql.game.rules import Rules

# Along a row, down a column, down to the right, down to the left.
DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))


@dataclass(frozen=True, slots=True)
class Lane:
    """A run of *length* cells; as bits of a board, from *start* on, *step* apart."""

    direction: int
    start: int
    step: int
    length: int


Crossing: TypeAlias = tuple[int, int]
"""A lane, by its number, and the place of a cell in it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lanes of a board: *crossings* are those through the cell of each bit."""

    size: int
    lanes: tuple[Lane, ...]
    crossings: tuple[tuple[Crossing, ...], ...]


@lru_cache(maxsize=64)
def layout(rules: Rules) -> Layout:
    """Return the lanes of the board of *rules* that are long enough for a line."""
    lanes: list[Lane] = []
    size = rules.rows * (rules.columns + 1)
    crossings: list[list[Crossing]] = [[] for _ in range(size)]
    for direction in range(len(DIRECTIONS)):
        for lane in _lanes(rules, direction):
            for place in range(lane.length):
                crossings[lane.start + place * lane.step].append((len(lanes), place))
            lanes.append(lane)
    return Layout(size, tuple(lanes), tuple(map(tuple, crossings)))


def runs(rules: Rules) -> int:
    """Count the places of the board where a line can be made."""
    return sum(lane.length - rules.line + 1 for lane in layout(rules).lanes)


def _lanes(rules: Rules, direction: int) -> list[Lane]:
    board = rules.empty_board
    down, right = DIRECTIONS[direction]
    stride = rules.columns + 1
    lanes = []
    for cell in board.empty_cells():
        if Cell(cell.row - down, cell.column - right) in board:
            continue
        length = 1
        while Cell(cell.row + length * down, cell.column + length * right) in board:
            length += 1
        if length >= rules.line:
            start = cell.row * stride + cell.column
            lanes.append(Lane(direction, start, down * stride + right, length))
    return lanes
