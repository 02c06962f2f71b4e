"""What the house plays."""

import pytest

from xogql.game import GOMOKU, TIC_TAC_TOE, Board, Cell, Mark, Rules, parse_board
from xogql.game.bots import Level, choose, levels

CROSSED = parse_board("XOX/XXO/OXO")


def test_perfect_is_played_where_the_game_is_solved() -> None:
    assert levels(TIC_TAC_TOE) == tuple(Level)
    assert levels(GOMOKU) == (Level.EASY, Level.MEDIUM, Level.HARD)


def test_nothing_can_be_chosen_on_a_full_board() -> None:
    with pytest.raises(ValueError, match="no cell is free"):
        choose(TIC_TAC_TOE, CROSSED, Mark.X, Level.EASY, seed=0)


def never_loses(board: Board, turn: Mark, perfect: Mark) -> bool:
    """Whether no play of the opponent beats PERFECT from here."""
    if turn is perfect:
        cells = [choose(TIC_TAC_TOE, board, turn, Level.PERFECT, seed=board.xs)]
    else:
        cells = list(board.empty_cells())
    return all(holds(board.mark(cell, turn), cell, turn, perfect) for cell in cells)


def holds(board: Board, cell: Cell, mark: Mark, perfect: Mark) -> bool:
    if board.lines_through(cell, 3):
        return mark is perfect
    return board.is_full or never_loses(board, mark.other, perfect)


@pytest.mark.parametrize("perfect", Mark)
def test_perfect_never_loses_tic_tac_toe(perfect: Mark) -> None:
    assert never_loses(TIC_TAC_TOE.empty_board, Mark.X, perfect)


@pytest.mark.parametrize("level", [Level.MEDIUM, Level.HARD])
def test_a_win_is_taken_before_anything_is_blocked(level: Level) -> None:
    board = parse_board("XXX.../OOO.../....../....../....../......")

    assert choose(Rules(6, 6, 4), board, Mark.X, level, seed=7) == Cell(0, 3)
    assert choose(Rules(6, 6, 4), board, Mark.O, level, seed=7) == Cell(1, 3)


@pytest.mark.parametrize("level", [Level.MEDIUM, Level.HARD])
def test_the_opponents_win_is_blocked(level: Level) -> None:
    board = parse_board("XXX.../O.O.../....../..O.../....../......")

    assert choose(Rules(6, 6, 4), board, Mark.O, level, seed=7) == Cell(0, 3)
