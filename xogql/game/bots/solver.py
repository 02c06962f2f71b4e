"""The exact value of positions, where a game is small enough."""

from functools import cache

from xogql.game.board import Board, Cell, Mark
from xogql.game.rules import Rules

WIN, DRAW, LOSS = 1, 0, -1
_MOST_CELLS = 9


def is_solved(rules: Rules) -> bool:
    """Tell whether the exact value of each position of *rules* is known."""
    return rules.are_allowed and rules.rows * rules.columns <= _MOST_CELLS


def value(rules: Rules, board: Board, mark: Mark) -> int:
    """Return what the position is to *mark*, who is to move."""
    return max(value_of(rules, board, mark, cell) for cell in board.empty_cells())


@cache
def value_of(rules: Rules, board: Board, mark: Mark, cell: Cell) -> int:
    """Return what *mark* gets by moving to *cell*."""
    after = board.mark(cell, mark)
    if after.lines_through(cell, rules.line):
        return WIN
    if after.is_full:
        return DRAW
    return -value(rules, after, mark.other)
