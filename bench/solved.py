"""The house's players where a game is solved: the levels, and PERFECT against everything."""

from collections.abc import Iterator, Sequence

from bench.ladder import contests
from bench.options import Options
from bench.table import Table
from xogql.game import TIC_TAC_TOE, Board, Cell, Mark, Rules
from xogql.game.bots import Level, choose

GAMES, FEW_GAMES = (400,), (10,)
BOARDS = (TIC_TAC_TOE, Rules(4, 4, 4))


def measure(options: Options) -> Iterator[Table]:
    """Play matches, then every game that there can be against PERFECT at tic-tac-toe."""
    (games,) = options.sizes_or(GAMES, FEW_GAMES)
    yield contests(BOARDS, games)
    yield _every_game()


def _every_game() -> Table:
    rows = []
    for perfect in Mark:
        ends = list(_ends(TIC_TAC_TOE.empty_board, Mark.X, perfect))
        won, drawn = ends.count(perfect), ends.count(None)
        rows.append([perfect, str(len(ends)), str(won), str(drawn), str(ends.count(perfect.other))])
    columns = ("PERFECT plays", "games", "won", "drawn", "lost")
    return Table("PERFECT against everything that can be played on 3×3", columns, rows)


def _ends(board: Board, turn: Mark, perfect: Mark) -> Iterator[Mark | None]:
    cells: Sequence[Cell] = list(board.empty_cells())
    if turn is perfect:
        cells = [choose(TIC_TAC_TOE, board, turn, Level.PERFECT, seed=0)]
    for cell in cells:
        after = board.mark(cell, turn)
        if after.lines_through(cell, TIC_TAC_TOE.line):
            yield turn
        elif after.is_full:
            yield None
        else:
            yield from _ends(after, turn.other, perfect)
