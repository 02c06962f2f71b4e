"""Exact values, against what is known and against plain minimax."""

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import orders, sparing
from xogql.game import GOMOKU, TIC_TAC_TOE, Board, Cell, Mark, Rules
from xogql.game.bots.budget import Budget, ThoughtEnoughError, never
from xogql.game.bots.position import Position
from xogql.game.bots.solver import DRAW, LOSS, WIN, Solver, is_solved
from xogql.game.bots.symmetries import symmetries

KNOWN = {
    (3, 3, 3): DRAW,
    (4, 3, 3): WIN,
    (3, 4, 3): WIN,
    (4, 4, 3): WIN,
    (4, 4, 4): DRAW,
    (5, 4, 4): DRAW,
    (4, 5, 4): DRAW,
    (5, 5, 4): DRAW,
    (5, 5, 5): DRAW,
    (6, 5, 4): WIN,
    (6, 6, 4): WIN,
}

SOLVED = [(3, 3, 3), (3, 4, 3), (3, 4, 4), (4, 4, 4), (5, 4, 4), (3, 6, 5), (5, 5, 5), (6, 7, 3)]


def solver(rules: Rules, nodes: int = 10**7) -> Solver:
    return Solver(rules, Budget(nodes, never))


def value(rules: Rules, board: Board, mark: Mark) -> int:
    return solver(rules).value(Position(rules, board, mark))


@cache
def minimax(rules: Rules, board: Board, mark: Mark) -> int:
    """The value by trying everything."""
    best = LOSS
    for cell in board.empty_cells():
        after = board.mark(cell, mark)
        if after.lines_through(cell, rules.line):
            return WIN
        best = max(best, DRAW if after.is_full else -minimax(rules, after, mark.other))
    return best


def unfinished(rules: Rules, order: Sequence[Cell], marks: int) -> tuple[Board, Mark]:
    """The board after so many marks, fewer where a line would end the game."""
    board, mark = rules.empty_board, Mark.X
    for cell in order[:marks]:
        after = board.mark(cell, mark)
        if after.lines_through(cell, rules.line):
            break
        board, mark = after, mark.other
    return board, mark


@pytest.mark.parametrize(("size", "known"), KNOWN.items())
def test_games_are_worth_what_is_known(size: tuple[int, int, int], known: int) -> None:
    rules = Rules(*size)

    assert value(rules, rules.empty_board, Mark.X) == known


@pytest.mark.parametrize("size", SOLVED)
def test_small_games_are_solved(size: tuple[int, int, int]) -> None:
    assert is_solved(Rules(*size))


@pytest.mark.parametrize("rules", [GOMOKU, Rules(6, 6, 4), Rules(2, 2, 2), Rules(3, 3, 9)])
def test_large_games_and_those_not_allowed_are_not(rules: Rules) -> None:
    assert not is_solved(rules)


@sparing
@given(orders(TIC_TAC_TOE), st.integers(0, 8))
def test_tic_tac_toe_is_worth_what_minimax_says(order: list[Cell], marks: int) -> None:
    board, mark = unfinished(TIC_TAC_TOE, order, marks)

    assert value(TIC_TAC_TOE, board, mark) == minimax(TIC_TAC_TOE, board, mark)


@sparing
@given(st.data(), st.sampled_from([Rules(3, 4, 3), Rules(4, 3, 4), Rules(4, 4, 3), Rules(4, 4, 4)]))
def test_other_games_are_worth_what_minimax_says(data: st.DataObject, rules: Rules) -> None:
    order = data.draw(orders(rules))
    board, mark = unfinished(rules, order, data.draw(st.integers(len(order) - 8, len(order) - 1)))

    assert value(rules, board, mark) == minimax(rules, board, mark)


@sparing
@given(st.data(), st.sampled_from([Rules(3, 3, 3), Rules(3, 5, 3), Rules(4, 4, 4)]))
def test_a_position_is_worth_the_best_of_its_moves(data: st.DataObject, rules: Rules) -> None:
    order = data.draw(orders(rules))
    board, mark = unfinished(rules, order, data.draw(st.integers(0, len(order) - 1)))
    position, exact = Position(rules, board, mark), solver(rules)

    values = [
        exact.value_of(position, cell.row * (rules.columns + 1) + cell.column)
        for cell in board.empty_cells()
    ]

    assert exact.value(position) == max(values)


def turned(board: Board) -> Board:
    """A square board after a quarter turn."""
    after = Board(board.height, board.width)
    for row, marks in enumerate(board.rows):
        for column, mark in enumerate(marks):
            if mark:
                after = after.mark(Cell(column, board.height - 1 - row), mark)
    return after


@sparing
@given(orders(Rules(4, 4, 4)), st.integers(0, 12))
def test_a_turned_board_is_the_same_and_worth_the_same(order: list[Cell], marks: int) -> None:
    rules = Rules(4, 4, 4)
    board, mark = unfinished(rules, order, marks)
    after, first = turned(board), symmetries(rules).first

    assert first(after.xs, after.os) == first(board.xs, board.os)
    assert value(rules, after, mark) == value(rules, board, mark)


def test_a_board_that_is_no_square_is_the_same_in_four_ways() -> None:
    first = symmetries(Rules(3, 4, 3)).first
    corners = [Cell(0, 0), Cell(0, 3), Cell(2, 0), Cell(2, 3)]
    boards = [Board(3, 4).mark(cell, Mark.X) for cell in corners]

    assert len({first(board.xs, board.os) for board in boards}) == 1
    assert first(Board(3, 4).mark(Cell(0, 1), Mark.X).xs, 0) != first(boards[0].xs, 0)


def test_a_budget_ends_the_solving() -> None:
    rules = Rules(4, 5, 4)

    with pytest.raises(ThoughtEnoughError):
        solver(rules, nodes=100).value(Position(rules, rules.empty_board, Mark.X))
