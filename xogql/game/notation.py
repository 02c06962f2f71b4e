"""Boards drawn as text: X, O, and a dot for an empty cell, row by row."""

from xogql.game.board import Board, Cell, Mark
from xogql.game.errors import NotationError

_LETTERS = {"X": Mark.X, "O": Mark.O, ".": None}


def parse_board(text: str) -> Board:
    """Read a board whose rows stand on lines of their own or between slashes.

    Raises:
        NotationError: There are no cells, rows of unequal length, or other letters.
    """
    rows = [row.strip() for row in text.strip().replace("/", "\n").split("\n")]
    board = Board(len(rows), len(rows[0]))
    if not board.width or any(len(row) != board.width for row in rows):
        raise NotationError(text)
    for row, letters in enumerate(rows):
        for column, letter in enumerate(letters):
            if letter not in _LETTERS:
                raise NotationError(text)
            if mark := _LETTERS[letter]:
                board = board.mark(Cell(row, column), mark)
    return board


def format_board(board: Board) -> str:
    """Write *board* in one line, its rows between slashes; `str` draws it in several."""
    return str(board).replace("\n", "/")
