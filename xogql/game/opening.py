"""Openings: the position of another game that a game begins from."""

from dataclasses import dataclass
from itertools import cycle

from xogql.game.board import Board, Cell, Mark, Move
from xogql.game.identity import GameId
from xogql.game.rules import Rules


@dataclass(frozen=True, slots=True)
class Opening:
    """What *game* had come to at its *version*: its *cells* in their order, X in the first."""

    game: GameId
    version: int
    cells: tuple[Cell, ...]

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves that led to the position."""
        return tuple(map(Move, cycle(Mark), self.cells))

    @property
    def turn(self) -> Mark:
        """The mark that moves next."""
        return Mark.O if len(self.cells) % 2 else Mark.X

    def fits(self, rules: Rules) -> bool:
        """Tell whether its cells are on the board of these *rules*, and each of them once."""
        board = rules.empty_board
        return len(set(self.cells)) == len(self.cells) and all(each in board for each in self.cells)

    def board(self, rules: Rules) -> Board:
        """Return the board of the position.

        Raises:
            IndexError: A cell is outside the board.
            ValueError: A cell comes twice.
        """
        board = rules.empty_board
        for move in self.moves:
            board = board.mark(move.cell, move.mark)
        return board
