"""Reviews of games."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import games, orders, sparing
from tests.game.test_bots_solver import minimax
from xogql.game import GOMOKU, TIC_TAC_TOE, Cell, Mark, Move, Rules
from xogql.game.bots import Review, Verdict, review

VALUES = {Verdict.WINS: 1, Verdict.DRAWS: 0, Verdict.LOSES: -1}
SIGNS = {Mark.X: 1, Mark.O: -1}


def moves(rules: Rules, cells: Sequence[Cell]) -> list[Move]:
    """The moves of a game in this order, until somebody makes a line."""
    board, mark, made = rules.empty_board, Mark.X, []
    for cell in cells:
        board = board.mark(cell, mark)
        made.append(Move(mark, cell))
        if board.lines_through(cell, rules.line):
            break
        mark = mark.other
    return made


def is_consistent(rules: Rules, made: Sequence[Move], reviewed: Review) -> bool:
    """Whether the positions are those of the game, and all scores within their bounds."""
    board = rules.empty_board
    for position, move in zip(reviewed.positions, made, strict=False):
        assert (position.board, position.turn) == (board, move.mark)
        assert position.played is not None
        assert position.played.cell == move.cell
        assert position.played in position.options
        assert all(board.is_free(option.cell) for option in position.options)
        assert all(-1 <= option.score <= 1 for option in position.options)
        assert position.value == SIGNS[move.mark] * position.options[0].score
        assert position.options[0].score == max(each.score for each in position.options)
        board = board.mark(move.cell, move.mark)
    return reviewed.positions[-1].board == board and len(reviewed.positions) == len(made) + 1


def test_an_edge_after_the_middle_loses_tic_tac_toe() -> None:
    made = moves(TIC_TAC_TOE, [Cell(1, 1), Cell(0, 1)])

    reviewed = review(TIC_TAC_TOE, made)

    assert reviewed.exact
    assert [position.value for position in reviewed.positions] == [0, 0, 1]
    assert [position.mistake for position in reviewed.positions] == [False, True, False]
    assert set(reviewed.positions[1].better) == {Cell(0, 0), Cell(0, 2), Cell(2, 0), Cell(2, 2)}
    assert reviewed.positions[1].played is not None
    assert reviewed.positions[1].played.verdict is Verdict.LOSES


def test_a_line_ends_the_review() -> None:
    cells = [Cell(0, 0), Cell(1, 0), Cell(0, 1), Cell(1, 1), Cell(0, 2)]

    last = review(TIC_TAC_TOE, moves(TIC_TAC_TOE, cells)).positions[-1]

    assert (last.turn, last.value, last.options, last.played) == (None, 1, (), None)


def test_a_game_without_moves_has_one_position() -> None:
    (only,) = review(TIC_TAC_TOE, []).positions

    assert (only.turn, only.value, only.played, len(only.options)) == (Mark.X, 0, None, 9)


@sparing
@given(orders(TIC_TAC_TOE), st.integers(0, 9))
def test_exact_values_are_those_of_minimax(order: list[Cell], length: int) -> None:
    made = moves(TIC_TAC_TOE, order)[:length]

    reviewed = review(TIC_TAC_TOE, made)

    assert is_consistent(TIC_TAC_TOE, made, reviewed)
    for position in reviewed.positions:
        if position.turn is not None:
            exact = minimax(TIC_TAC_TOE, position.board, position.turn)
            assert position.value == SIGNS[position.turn] * exact
            assert len(position.options) == 9 - (position.board.xs | position.board.os).bit_count()
        assert all(option.score == VALUES[option.verdict] for option in position.options)


@sparing
@given(orders(TIC_TAC_TOE))
def test_only_mistakes_change_the_value(order: list[Cell]) -> None:
    positions = review(TIC_TAC_TOE, moves(TIC_TAC_TOE, order)).positions

    for before, after in pairwise(positions):
        assert before.mistake == (before.value != after.value)
        assert bool(before.better) == before.mistake


@sparing
@given(games)
def test_an_opinion_fits_the_moves(game: tuple[Rules, list[Cell]]) -> None:
    rules, order = game
    made = moves(rules, order[:12])

    assert is_consistent(rules, made, review(rules, made))


def test_a_large_game_gets_an_opinion_and_no_mistakes() -> None:
    made = moves(GOMOKU, [Cell(7, 7), Cell(0, 0), Cell(7, 8), Cell(0, 14), Cell(7, 9), Cell(14, 0)])

    reviewed = review(GOMOKU, made)

    assert not reviewed.exact
    assert not any(position.mistake for position in reviewed.positions)
    assert {option.verdict for option in reviewed.positions[0].options} == {Verdict.UNCLEAR}
    assert reviewed.positions[0].value < reviewed.positions[-1].value == 1
    assert reviewed.positions[-1].options[0].verdict is Verdict.WINS


def test_a_review_that_is_stopped_says_that_it_is_no_longer_exact() -> None:
    made = moves(TIC_TAC_TOE, [Cell(1, 1), Cell(0, 0), Cell(2, 2)])

    reviewed = review(TIC_TAC_TOE, made, stop=lambda: True)

    assert not reviewed.exact
    assert is_consistent(TIC_TAC_TOE, made, reviewed)
