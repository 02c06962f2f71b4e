"""What is agreed before a game: how large the board is, how long a line must be."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xogql.game.board import Board

MIN_SIDE = 3
MAX_SIDE = 19


@dataclass(frozen=True, slots=True)
class Rules:
    """Rows and columns of the board, and how many marks in a line win: a wish until allowed."""

    rows: int = 3
    columns: int = 3
    line: int = 3

    @property
    def are_allowed(self) -> bool:
        """Whether a game may be played by these rules."""
        shorter, longer = sorted((self.rows, self.columns))
        return MIN_SIDE <= shorter <= longer <= MAX_SIDE and MIN_SIDE <= self.line <= longer

    @property
    def empty_board(self) -> Board:
        """The board before the first move."""
        return Board(self.rows, self.columns)


TIC_TAC_TOE = Rules(3, 3, 3)
FOUR_IN_A_ROW = Rules(6, 6, 4)
GOMOKU = Rules(15, 15, 5)

PRESETS: Mapping[str, Rules] = MappingProxyType(
    {"TIC_TAC_TOE": TIC_TAC_TOE, "FOUR_IN_A_ROW": FOUR_IN_A_ROW, "GOMOKU": GOMOKU}
)
