"""The board: marks in cells, the moves that write them, and the lines they make."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Mark(StrEnum):
    """What a player writes in a cell."""

    X = "X"
    O = "O"  # noqa: E741 - the game is called so

    @property
    def other(self) -> "Mark":
        """The opponent's mark."""
        return _O if self is _X else _X


# An enum's members are slow to find in their class.
_X, _O = Mark.X, Mark.O


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Cell:
    """A place counted from 0 at the top left: it may lie outside a board."""

    row: int
    column: int

    def __repr__(self) -> str:
        # As the dataclass would write it, in a third of the time.
        return f"Cell(row={self.row!r}, column={self.column!r})"


@dataclass(frozen=True, slots=True)
class Move:
    """A mark that was written in a cell."""

    mark: Mark
    cell: Cell


Line: TypeAlias = tuple[Cell, ...]
"""Cells side by side in one direction, from the top, or from the left within a row."""

# Along a row, down a column, down to the right, down to the left.
_DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))

_MARKS = {"0": None, "1": _X, "2": _O}


@dataclass(frozen=True, slots=True, repr=False)
class Board:
    """Marks in *height* rows and *width* columns: a value, so equal positions are equal.

    *xs* and *os* hold a bit for each cell, row by row. Every row ends with one bit more that is
    never set: no walk along a line can step over the edge into another row.
    """

    height: int
    width: int
    xs: int = 0
    os: int = 0

    def __contains__(self, cell: Cell) -> bool:
        return 0 <= cell.row < self.height and 0 <= cell.column < self.width

    def __getitem__(self, cell: Cell) -> Mark | None:
        bit = self._bit(cell)
        if self.xs & bit:
            return _X
        return _O if self.os & bit else None

    def __str__(self) -> str:
        return "\n".join("".join(mark or "." for mark in row) for row in self.rows)

    def __repr__(self) -> str:
        return "<Board " + str(self).replace("\n", "/") + ">"

    @property
    def rows(self) -> tuple[tuple[Mark | None, ...], ...]:
        """The marks row by row from the top, None where a cell is empty."""
        stride = self.width + 1
        marks = [_MARKS[digit] for digit in _digits(self.xs, self.os, self.height * stride)]
        starts = range(0, self.height * stride, stride)
        return tuple(tuple(marks[start : start + self.width]) for start in starts)

    @property
    def is_full(self) -> bool:
        """Whether no cell is empty."""
        return (self.xs | self.os).bit_count() == self.height * self.width

    def is_free(self, cell: Cell) -> bool:
        """Tell whether *cell* is on the board and empty."""
        return cell in self and not (self.xs | self.os) & self._bit(cell)

    def empty_cells(self) -> Iterator[Cell]:
        """Yield the empty cells, row by row from the top left."""
        for row, marks in enumerate(self.rows):
            for column, mark in enumerate(marks):
                if mark is None:
                    yield Cell(row, column)

    def mark(self, cell: Cell, mark: Mark) -> "Board":
        """Return the board with *mark* in the empty *cell*.

        Raises:
            IndexError: The cell is outside the board.
            ValueError: The cell is taken.
        """
        bit = self._bit(cell)
        if (self.xs | self.os) & bit:
            message = f"{cell} is taken on {self!r}"
            raise ValueError(message)
        if mark is _X:
            return Board(self.height, self.width, self.xs | bit, self.os)
        return Board(self.height, self.width, self.xs, self.os | bit)

    def erase(self, cell: Cell) -> "Board":
        """Return the board with nothing in the marked *cell*.

        Raises:
            IndexError: The cell is outside the board.
            ValueError: The cell is empty.
        """
        bit = self._bit(cell)
        if not (self.xs | self.os) & bit:
            message = f"{cell} is empty on {self!r}"
            raise ValueError(message)
        return Board(self.height, self.width, self.xs & ~bit, self.os & ~bit)

    def lines_through(self, cell: Cell, length: int) -> tuple[Line, ...]:
        """Return each whole run of *length* or more equal marks through *cell*.

        At most one a direction: row, column, diagonal down right, diagonal down left.
        """
        bit = self._bit(cell)
        marks = self.xs if self.xs & bit else self.os
        lines: list[Line] = []
        if not marks & bit or marks.bit_count() < length:
            return ()
        for down, right in _DIRECTIONS:
            before, after = _reach(marks, bit, down * (self.width + 1) + right)
            if before + 1 + after >= length:
                row, column = cell.row - before * down, cell.column - before * right
                whole = range(before + 1 + after)
                lines.append(tuple(Cell(row + n * down, column + n * right) for n in whole))
        return tuple(lines)

    def _bit(self, cell: Cell) -> int:
        row, column = cell.row, cell.column
        if 0 <= row < self.height and 0 <= column < self.width:
            return 1 << row * (self.width + 1) + column
        message = f"{cell} is outside {self!r}"
        raise IndexError(message)


def _digits(xs: int, os: int, count: int) -> str:
    """Write a digit for each bit, the lowest first: 1 where *xs* has it, 2 where *os* has.

    Python reads a number's bits as digits and writes digits at once, which is much quicker than to
    look at each bit.
    """
    return f"{int(f'{xs:b}', 16) + 2 * int(f'{os:b}', 16):0{count}x}"[::-1]


def _reach(marks: int, start: int, step: int) -> tuple[int, int]:
    """Count the unbroken *marks* before and after the bit *start*, *step* bits apart."""
    before = after = 0
    bit = start >> step
    while marks & bit:
        before += 1
        bit >>= step
    bit = start << step
    while marks & bit:
        after += 1
        bit <<= step
    return before, after
