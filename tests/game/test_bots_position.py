"""What a position that is searched knows of itself, against counting on a board."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.game.strategies import games, sparing
from xogql.game import Board, Cell, Mark, Rules, parse_board
from xogql.game.bots import pattern_table
from xogql.game.bots.pattern_table import FOURS, THREES
from xogql.game.bots.position import O, Position, X, bit_of, bits, cell_of

SIDES = {Mark.X: X, Mark.O: O}


def boards(rules: Rules, order: list[Cell]) -> Iterator[tuple[Board, Cell, Mark]]:
    """The boards of a game before each move, until somebody makes a line."""
    board, mark = rules.empty_board, Mark.X
    for cell in order:
        yield board, cell, mark
        board, mark = board.mark(cell, mark), mark.other
        if board.lines_through(cell, rules.line):
            return


def fives(rules: Rules, board: Board, mark: Mark) -> set[Cell]:
    free = board.empty_cells()
    return {cell for cell in free if board.mark(cell, mark).lines_through(cell, rules.line)}


def threats(rules: Rules, board: Board, mark: Mark, cell: Cell) -> int:
    """How many cells would make a line after a move to *cell* that would not have before."""
    return len(fives(rules, board.mark(cell, mark), mark) - fives(rules, board, mark))


def state(position: Position) -> tuple[object, ...]:
    seen = [position.offered(side, kind) for side in (X, O) for kind in range(4)]
    potentials = [position.potential(side) for side in (X, O)]
    return position.key, position.free, position.score, list(position.gains()), seen, potentials


def cells(rules: Rules, found: int) -> set[Cell]:
    return {cell_of(rules, bit) for bit in bits(found)}


@sparing
@given(games)
def test_cells_that_make_a_line_are_those_on_the_board(game: tuple[Rules, list[Cell]]) -> None:
    rules, order = game
    for board, _, mark in boards(rules, order):
        position = Position(rules, board, mark)

        for each, side in SIDES.items():
            assert cells(rules, position.fives(side)) == fives(rules, board, each)


@sparing
@given(games, st.data())
def test_a_double_threatens_two_lines_and_a_four_one(
    game: tuple[Rules, list[Cell]], data: st.DataObject
) -> None:
    rules, order = game
    board, _, mark = data.draw(st.sampled_from(list(boards(rules, order))))
    position = Position(rules, board, mark)
    assume(not position.fives(position.turn))
    doubles = cells(rules, position.doubles(position.turn))
    fours = cells(rules, position.offered(position.turn, FOURS)) - doubles

    for cell in board.empty_cells():
        threatened = threats(rules, board, mark, cell)
        assert (cell in doubles, cell in fours) == (threatened > 1, threatened == 1)


@sparing
@given(games)
def test_undoing_is_as_if_nothing_had_been_placed(game: tuple[Rules, list[Cell]]) -> None:
    rules, order = game
    position, states = Position(rules, rules.empty_board, Mark.X), []
    for _, cell, _ in boards(rules, order):
        states.append(state(position))
        position.place(bit_of(rules, cell))

    for before in reversed(states):
        position.undo()
        assert state(position) == before


@sparing
@given(games)
def test_a_position_is_the_same_whichever_way_it_came_about(
    game: tuple[Rules, list[Cell]],
) -> None:
    rules, order = game
    position = Position(rules, rules.empty_board, Mark.X)
    for board, cell, mark in boards(rules, order):
        assert state(position) == state(Position(rules, board, mark))
        position.place(bit_of(rules, cell))


def test_a_three_with_room_on_both_sides_is_an_open_one() -> None:
    board = parse_board(".......\n.......\n.......\n..XX...\n.......\n.......\n.......")
    rules = Rules(7, 7, 5)
    position = Position(rules, board, Mark.X)

    threes = cells(rules, position.offered(X, THREES))

    assert threes == {Cell(3, 1), Cell(3, 4), Cell(3, 5)}


def test_all_of_an_empty_board_is_near_and_then_what_is_two_steps_from_a_mark() -> None:
    rules = Rules(7, 7, 5)
    empty = Position(rules, rules.empty_board, Mark.X)
    begun = Position(rules, rules.empty_board.mark(Cell(0, 6), Mark.X), Mark.O)

    assert empty.near() == empty.free
    assert cells(rules, begun.near()) >= {Cell(0, 4), Cell(2, 6), Cell(2, 4)}
    assert Cell(3, 3) not in cells(rules, begun.near())


def test_a_table_that_is_full_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = Rules(3, 5, 3)
    before = pattern_table.pattern_table(rules)
    assert pattern_table.pattern_table(rules) is before

    monkeypatch.setattr(pattern_table, "_MOST_PATTERNS", -1)

    assert pattern_table.pattern_table(rules) is not before
