"""Windows: the places of a board where a line may yet be made."""

from collections.abc import Iterator
from functools import cache

from xogql.game.board import Board, Cell, Mark
from xogql.game.rules import Rules

_DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))


@cache
def windows(rules: Rules) -> tuple[tuple[Cell, ...], ...]:
    """Return each run of cells that is as long as a line."""
    board = rules.empty_board
    runs = (_run(start, step, rules.line) for start in board.empty_cells() for step in _DIRECTIONS)
    return tuple(run for run in runs if run[-1] in board)


def wins(rules: Rules, board: Board, mark: Mark) -> Iterator[Cell]:
    """Yield the cells where *mark* makes a line at once."""
    for cell in board.empty_cells():
        if board.mark(cell, mark).lines_through(cell, rules.line):
            yield cell


def worth(rules: Rules, board: Board, mark: Mark) -> dict[Cell, int]:
    """Weigh each empty cell by the lines it makes for *mark* or takes from the opponent."""
    weights = dict.fromkeys(board.empty_cells(), 0)
    for run in windows(rules):
        marks = [board[cell] for cell in run]
        mine, theirs = marks.count(mark), marks.count(mark.other)
        if mine and theirs:
            continue
        for cell, there in zip(run, marks, strict=True):
            if there is None:
                weights[cell] += 3 * 8**mine if mine else 2 * 8**theirs
    return weights


def _run(start: Cell, step: tuple[int, int], length: int) -> tuple[Cell, ...]:
    down, right = step
    return tuple(Cell(start.row + n * down, start.column + n * right) for n in range(length))
