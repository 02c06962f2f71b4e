"""Alpha-beta: what a position is worth when both sides play on for some moves.

Negamax in the form of principal variation search, deepened move by move: what was seen tells the
next, deeper search which moves to try first.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from xogql.game.bots.budget import Budget, ThoughtEnoughError
from xogql.game.bots.candidates import needed, plies_to_end
from xogql.game.bots.pattern_table import FOURS, THREES
from xogql.game.bots.position import Position, X

WON = 1_000_000
SURELY = WON - 1_000
"""What is at least as high is a win that was seen to its end: WON less the plies to it."""

_ON_MOVE = 24
_FOUR_THREE = 400
_FEARED = 150


class Bound(IntEnum):
    """How the value that was found stands to the true one."""

    EXACT = 0
    AT_LEAST = 1
    AT_MOST = 2


class Seen(NamedTuple):
    """What is known of a position, from a search of some *depth*; *cell* was best."""

    depth: int
    value: int
    bound: Bound
    cell: int

    def settles(self, depth: int, alpha: int, beta: int) -> bool:
        """Tell whether a search to *depth* between these bounds would learn nothing more."""
        if self.depth < depth:
            return False
        if self.bound is Bound.AT_LEAST:
            return self.value >= beta
        return self.bound is Bound.EXACT or self.value <= alpha


class Search:
    """A search from *position*, of the *width* best looking moves each time."""

    def __init__(self, position: Position, budget: Budget, *, width: int) -> None:
        self._position = position
        self._budget = budget
        self._width = width
        self._start = len(position)
        self._seen: dict[tuple[int, int, int], Seen] = {}

    def best(self, cells: Sequence[int], deepest: int) -> tuple[int, int]:
        """Return the best of *cells* and its value, from as deep a search as the budget allows."""
        order = list(cells)
        best = order[0], 0
        try:
            for depth in range(1, deepest + 1):
                for best in self._improving(order, depth):
                    order.remove(best[0])
                    order.insert(0, best[0])
                if abs(best[1]) >= SURELY:
                    break
        except ThoughtEnoughError:
            self._position.undo_to(self._start)
        return best

    def values(self, cells: Sequence[int], depth: int) -> dict[int, int]:
        """Return the value of a move to each of *cells*, as far as the budget allows."""
        values = {}
        try:
            for cell in cells:
                values[cell] = self._after(cell, depth, -WON, WON)
        except ThoughtEnoughError:
            self._position.undo_to(self._start)
        return values

    def _improving(self, order: Sequence[int], depth: int) -> Iterator[tuple[int, int]]:
        """Yield the first cell, and each that is better than those before it, with its value."""
        alpha = -WON
        for cell in tuple(order):
            value = self._better(cell, depth, alpha, WON)
            if value > alpha:
                alpha = value
                yield cell, value

    def _better(self, cell: int, depth: int, alpha: int, beta: int) -> int:
        """Ask in a narrow window whether the move is better than *alpha*; if so, how good."""
        if alpha > -WON:
            value = self._after(cell, depth, alpha, alpha + 1)
            if not alpha < value < beta:
                return value
        return self._after(cell, depth, alpha, beta)

    def _after(self, cell: int, depth: int, alpha: int, beta: int) -> int:
        self._position.place(cell)
        value = -self._value(depth - 1, -beta, -alpha)
        self._position.undo()
        return value

    def _value(self, depth: int, alpha: int, beta: int) -> int:
        position = self._position
        self._budget.spend()
        if plies := plies_to_end(position):
            plies += len(position) - self._start if plies > 0 else self._start - len(position)
            return WON - plies if plies > 0 else -WON - plies
        forced = position.fives(position.turn ^ 1)
        if not position.free:
            return 0
        if depth <= 0 and not forced:
            return self._at_a_glance()
        seen = self._seen.get(position.key)
        if seen is not None and seen.settles(depth, alpha, beta):
            return seen.value
        # An answer that is forced costs no depth.
        return self._deeper(depth + bool(forced), alpha, beta, seen)

    def _deeper(self, depth: int, alpha: int, beta: int, seen: Seen | None) -> int:
        key, bound, floor = self._position.key, Bound.AT_MOST, alpha
        best = best_cell = -WON
        for cell in self._ordered(seen):
            value = self._better(cell, depth, floor, beta)
            if value > best:
                best, best_cell = value, cell
            if value > floor:
                floor, bound = value, Bound.EXACT
            if value >= beta:
                bound = Bound.AT_LEAST
                break
        self._seen[key] = Seen(depth, best, bound, best_cell)
        return best

    def _ordered(self, seen: Seen | None) -> list[int]:
        position = self._position
        must = needed(position)
        cells = position.best_first(must or position.near())
        if not must:
            del cells[self._width :]
        if seen is not None and seen.cell in cells:
            cells.remove(seen.cell)
            cells.insert(0, seen.cell)
        return cells

    def _at_a_glance(self) -> int:
        position = self._position
        me = position.turn
        value = _ON_MOVE + (position.score if me == X else -position.score)
        if position.doubles(me ^ 1):
            return value - _FEARED
        if position.offered(me, FOURS) & position.offered(me, THREES):
            return value + _FOUR_THREE
        return value
