"""The choice of a cell, as well as a level can."""

from xogql.game.board import Board, Cell, Mark
from xogql.game.bots import windows
from xogql.game.bots.budget import Stop, never
from xogql.game.bots.chance import draw
from xogql.game.bots.level import Level
from xogql.game.bots.solver import is_solved, value_of
from xogql.game.rules import Rules

_OVERLOOKS = 30
"""In a hundred: how often EASY does not see that it must block."""


def choose(
    rules: Rules,
    board: Board,
    mark: Mark,
    level: Level,
    *,
    seed: int,
    stop: Stop = never,
) -> Cell:
    """Choose a free cell for *mark* to move to: the same for the same arguments.

    Raises:
        ValueError: No cell is free.
    """
    free = list(board.empty_cells())
    if not free:
        message = f"no cell is free on {board!r}"
        raise ValueError(message)
    if level in {Level.HARD, Level.PERFECT} and is_solved(rules) and not stop():
        worth = {cell: value_of(rules, board, mark, cell) for cell in free}
        return _best(worth, seed)
    return _at_a_glance(rules, board, mark, level, seed)


def _at_a_glance(rules: Rules, board: Board, mark: Mark, level: Level, seed: int) -> Cell:
    if wins := list(windows.wins(rules, board, mark)):
        return wins[0]
    overlooks = level is Level.EASY and draw(seed, board.xs, board.os) % 100 < _OVERLOOKS
    blocks = [] if overlooks else list(windows.wins(rules, board, mark.other))
    worth = windows.worth(rules, board, mark)
    return blocks[0] if blocks else _best(worth, seed)


def _best(worth: dict[Cell, int], seed: int) -> Cell:
    return max(worth, key=lambda cell: (worth[cell], draw(seed, cell.row, cell.column)))
