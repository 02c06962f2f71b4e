"""The exact value of positions, where a game is small enough.

A position is worth 1 to the side to move if it wins with best play, 0 if it draws, else -1. The
question is asked as "does it get at least so much?", the best moves are tried first, and a side
whose runs are too few or too empty to make a line by force is known not to win.
"""

from xogql.game.bots.budget import Budget
from xogql.game.bots.lanes import runs
from xogql.game.bots.pattern_table import FOURS
from xogql.game.bots.position import Position
from xogql.game.bots.symmetries import symmetries
from xogql.game.rules import Rules

WIN, DRAW, LOSS = 1, 0, -1

_MOST_CELLS = 42
_FEW_CELLS = 20
_SHORT_LINE = 3
_MARKS_TURNED = 6
"""With so few marks equal positions are often met turned or mirrored."""


def is_solved(rules: Rules) -> bool:
    """Tell whether the exact value of each position of *rules* is found in about a second.

    It is where cells are few, where lines are so short that threats decide at once, and where
    runs are so few and long that nobody can force a line unless the other plays badly.
    """
    cells = rules.rows * rules.columns
    if not rules.are_allowed or cells > _MOST_CELLS:
        return False
    return cells <= _FEW_CELLS or rules.line == _SHORT_LINE or runs(rules) < 2 ** (rules.line - 1)


class Solver:
    """The values of positions of *rules* that were found so far."""

    def __init__(self, rules: Rules, budget: Budget) -> None:
        self._budget = budget
        self._symmetries = symmetries(rules)
        self._enough = 1 << rules.line
        self._known: dict[tuple[int, int, int, int], bool] = {}

    def value(self, position: Position) -> int:
        """Return what the position is worth to the side to move.

        Raises:
            ThoughtEnoughError: The budget did not suffice; marks may be left on the position.
        """
        if self._gets(WIN, position):
            return WIN
        return DRAW if self._gets(DRAW, position) else LOSS

    def value_of(self, position: Position, cell: int) -> int:
        """Return what the side to move gets by moving to *cell*.

        Raises:
            ThoughtEnoughError: The budget did not suffice; marks may be left on the position.
        """
        if position.fives(position.turn) >> cell & 1:
            return WIN
        position.place(cell)
        value = -self.value(position)
        position.undo()
        return value

    def _gets(self, goal: int, position: Position) -> bool:
        self._budget.spend()
        gets = self._at_once(goal, position)
        if gets is None:
            key = self._key(goal, position)
            gets = self._known.get(key)
            if gets is None:
                gets = self._known[key] = self._by_some_move(goal, position)
        return gets

    def _at_once(self, goal: int, position: Position) -> bool | None:
        me = position.turn
        if position.fives(me):
            return True
        forced = position.fives(me ^ 1)
        if forced & forced - 1:
            return False
        winning = position.doubles(me)
        if winning & forced if forced else winning:
            return True
        if not position.free:
            return goal <= DRAW
        # Erdős and Selfridge (1973): who has so little to make lines of can be held for ever.
        if goal == WIN:
            return False if position.potential(me) < self._enough >> 1 else None
        return True if position.potential(me ^ 1) < self._enough else None

    def _by_some_move(self, goal: int, position: Position) -> bool:
        for cell in _sensible(position):
            position.place(cell)
            gets = not self._gets(1 - goal, position)
            position.undo()
            if gets:
                return True
        return False

    def _key(self, goal: int, position: Position) -> tuple[int, int, int, int]:
        xs, os = position.marks
        if (xs | os).bit_count() <= _MARKS_TURNED:
            xs, os = self._symmetries.first(xs, os)
        return goal, position.turn, xs, os


def _sensible(position: Position) -> list[int]:
    """The moves that can be best, the likely ones first."""
    me = position.turn
    if forced := position.fives(me ^ 1):
        return [forced.bit_length() - 1]
    if feared := position.doubles(me ^ 1):
        fours = position.offered(me, FOURS) | position.offered(me ^ 1, FOURS)
        return position.best_first(feared | fours)
    cells, gains = position.best_first(position.free), position.gains()
    idle = [cell for cell in cells if not gains[cell]]
    return cells[: len(cells) - len(idle)] + idle[:1]
