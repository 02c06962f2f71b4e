"""A position that is searched: marks are placed and undone, and what they offer is kept up."""

from collections.abc import Iterator
from sys import byteorder

from xogql.game.board import Board, Cell, Mark
from xogql.game.bots.pattern_table import (
    FIVES,
    FOURS,
    GAIN_BITS,
    KINDS,
    POTENTIAL_BITS,
    STRAIGHTS,
    pattern_table,
)
from xogql.game.rules import Rules

X, O = 0, 1  # noqa: E741 - the game is called so


class Position:
    """Marks on a board whose cells are bits as in `Board`, with *turn* to move.

    Nobody has made a line yet, or the last move did. *score* is X's worth less O's.
    """

    __slots__ = (
        "_cells",
        "_gains",
        "_history",
        "_marks",
        "_potential",
        "_stride",
        "_table",
        "_through",
        "_whole",
        "free",
        "marks",
        "score",
        "size",
        "turn",
    )

    def __init__(self, rules: Rules, board: Board, mark: Mark) -> None:
        self._table = pattern_table(rules)
        self.size = self._table.layout.size
        self._whole = (1 << self.size) - 1
        self._stride = rules.columns + 1
        self._through = self._table.crossings
        lanes = self._table.layout.lanes
        self._marks = [0] * len(lanes)
        self._cells = [0] * 4
        self._gains = self._potential = self.score = 0
        for number, lane in enumerate(lanes):
            pattern = self._table.pattern(number, 0)
            self._cells[lane.direction] += pattern.cells
            self._gains += pattern.gains
            self._potential += pattern.potential
        self.free = sum(1 << bit_of(rules, cell) for cell in rules.empty_board.empty_cells())
        self.marks = [0, 0]
        self._history: list[tuple[int, list[int], int, int, int]] = []
        self._set_up(X, board.xs)
        self._set_up(O, board.os)
        self.turn = X if mark is Mark.X else O
        self._history.clear()

    def _set_up(self, side: int, marks: int) -> None:
        for cell in bits(marks):
            self.turn = side
            self.place(cell)

    def __len__(self) -> int:
        return len(self._history)

    def place(self, cell: int) -> None:
        """Write the mark whose turn it is in the free *cell*."""
        cells, gains = self._cells, self._gains
        score, potential = self.score, self._potential
        self._history.append((cell, cells, gains, score, potential))
        self._cells = cells = cells.copy()
        marks, turn = self._marks, self.turn
        for direction, lane, bits, known in self._through[cell]:
            before = marks[lane]
            marks[lane] = after = before + bits[turn]
            old = known[before]
            new = known.get(after) or self._table.pattern(lane, after)
            cells[direction] += new[0] - old[0]
            gains += new[1] - old[1]
            score += new[2] - old[2]
            potential += new[3] - old[3]
        self._gains, self.score, self._potential = gains, score, potential
        bit = 1 << cell
        self.free ^= bit
        self.marks[turn] ^= bit
        self.turn = turn ^ 1

    def undo(self) -> None:
        """Take the last mark back."""
        cell, self._cells, self._gains, self.score, self._potential = self._history.pop()
        self.turn = turn = self.turn ^ 1
        marks = self._marks
        for _, lane, bits, _ in self._through[cell]:
            marks[lane] -= bits[turn]
        bit = 1 << cell
        self.free ^= bit
        self.marks[turn] ^= bit

    def undo_to(self, length: int) -> None:
        """Take marks back until *length* are left of those placed."""
        while len(self._history) > length:
            self.undo()

    @property
    def key(self) -> tuple[int, int, int]:
        """What makes two positions the same."""
        xs, os = self.marks
        return self.turn, xs, os

    def potential(self, side: int) -> int:
        """Two to the power of the marks, summed over the runs that may become a line of *side*."""
        if side == X:
            return self._potential & (1 << POTENTIAL_BITS) - 1
        return self._potential >> POTENTIAL_BITS

    def offered(self, side: int, kind: int) -> int:
        """The cells where a move of *side* makes a shape of that *kind*."""
        a, b, c, d = self._cells
        return (a | b | c | d) >> (side * KINDS + kind) * self.size & self._whole

    def fives(self, side: int) -> int:
        """The cells where a move of *side* makes a line."""
        a, b, c, d = self._cells
        return (a | b | c | d) >> (side * KINDS + FIVES) * self.size & self._whole

    def doubles(self, side: int) -> int:
        """The cells where a move of *side* threatens two lines at once."""
        a, b, c, d = self._cells
        both = a | b
        twice = a & b | both & c | (both | c) & d
        first = (side * KINDS) * self.size
        straights = (both | c | d) >> first + STRAIGHTS * self.size
        return (straights | twice >> first + FOURS * self.size) & self._whole

    def near(self) -> int:
        """The free cells at most two steps from a mark; all while there are no marks."""
        taken = self.marks[X] | self.marks[O]
        if not taken:
            return self.free
        stride = self._stride
        for step in (1, 1, stride, stride):
            taken |= taken << step | taken >> step
        return taken & self.free

    def gains(self) -> memoryview:
        """How much a move to each cell gains for either side: none where no line can be made."""
        numbers = self._gains.to_bytes(self.size * GAIN_BITS // 8, byteorder)
        return memoryview(numbers).cast("H")

    def best_first(self, cells: int) -> list[int]:
        """Order *cells* by how much they gain for either side, by number where that is equal."""
        return sorted(bits(cells), key=self.gains().__getitem__, reverse=True)


def bit_of(rules: Rules, cell: Cell) -> int:
    """Return the number of the bit of *cell*."""
    return cell.row * (rules.columns + 1) + cell.column


def cell_of(rules: Rules, bit: int) -> Cell:
    """Return the cell of the bit of that number."""
    return Cell(*divmod(bit, rules.columns + 1))


def bits(cells: int) -> Iterator[int]:
    """Yield the number of each bit that is set."""
    while cells:
        lowest = cells & -cells
        yield lowest.bit_length() - 1
        cells ^= lowest
