"""Boards, drawn."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.referee import lines_on
from tests.game.strategies import cells, unhurried
from xogql.game import Board, Cell, Line, Mark, parse_board

sides = st.integers(1, 6)
grids = st.tuples(sides, sides).flatmap(
    lambda size: st.lists(
        st.lists(st.none() | st.sampled_from(Mark), min_size=size[1], max_size=size[1]).map(tuple),
        min_size=size[0],
        max_size=size[0],
    ).map(tuple)
)
"""Rows of marks: any drawing, not only one a game can come to."""


def board_of(rows: tuple[tuple[Mark | None, ...], ...]) -> Board:
    board = Board(len(rows), len(rows[0]))
    for cell, mark in marks_of(rows).items():
        board = board.mark(cell, mark)
    return board


def marks_of(rows: tuple[tuple[Mark | None, ...], ...]) -> dict[Cell, Mark]:
    return {
        Cell(row, column): mark
        for row, marks in enumerate(rows)
        for column, mark in enumerate(marks)
        if mark
    }


def row_of(*columns: int) -> Line:
    return tuple(Cell(0, column) for column in columns)


def test_a_mark_has_an_other() -> None:
    assert (Mark.X.other, Mark.O.other) == (Mark.O, Mark.X)


def test_cells_are_ordered_row_by_row() -> None:
    assert sorted([Cell(1, 0), Cell(0, 2), Cell(0, 1)]) == [Cell(0, 1), Cell(0, 2), Cell(1, 0)]


def test_a_new_board_is_empty() -> None:
    board = Board(2, 3)

    assert board.rows == ((None, None, None), (None, None, None))
    assert list(board.empty_cells()) == [Cell(*place) for place in product(range(2), range(3))]


def test_marking_makes_another_board() -> None:
    board = Board(3, 3)

    assert str(board.mark(Cell(1, 2), Mark.X)) == "...\n..X\n..."
    assert board == Board(3, 3)


def test_erasing_undoes_marking() -> None:
    board = parse_board("XO./.../...")

    assert board.mark(Cell(1, 2), Mark.X).erase(Cell(1, 2)) == board
    assert str(board.erase(Cell(0, 0)).erase(Cell(0, 1))) == "...\n...\n..."


def test_there_is_nothing_to_erase_in_an_empty_cell() -> None:
    with pytest.raises(ValueError, match="empty"):
        parse_board("XO./.../...").erase(Cell(1, 1))


def test_a_board_shows_itself_in_one_line() -> None:
    assert repr(parse_board("X.O/.X./..O")) == "<Board X.O/.X./..O>"


def test_boards_of_other_sizes_differ() -> None:
    assert Board(3, 4) != Board(4, 3)


@pytest.mark.parametrize("cell", [Cell(0, 0), Cell(0, 1)])
@pytest.mark.parametrize("mark", Mark)
def test_no_mark_is_written_over_another(cell: Cell, mark: Mark) -> None:
    with pytest.raises(ValueError, match="taken"):
        parse_board("XO./.../...").mark(cell, mark)


@pytest.mark.parametrize("cell", [Cell(-1, 0), Cell(0, -1), Cell(3, 0), Cell(0, 3), Cell(9, 9)])
def test_there_is_nothing_outside_a_board(cell: Cell) -> None:
    board = Board(3, 3)

    assert cell not in board
    assert not board.is_free(cell)
    with pytest.raises(IndexError, match="outside"):
        board[cell]
    with pytest.raises(IndexError, match="outside"):
        board.mark(cell, Mark.X)
    with pytest.raises(IndexError, match="outside"):
        board.erase(cell)


def test_a_line_does_not_run_over_the_edge() -> None:
    board = parse_board("""
        ..X
        X..
        ..X
    """)

    assert board.lines_through(Cell(1, 0), 2) == ()


def test_lines_are_told_whole_from_every_cell_of_theirs() -> None:
    board = parse_board("XXXX.")

    assert {board.lines_through(cell, 3) for cell in row_of(0, 1, 2, 3)} == {(row_of(0, 1, 2, 3),)}
    assert board.lines_through(Cell(0, 0), 5) == ()
    assert board.lines_through(Cell(0, 4), 1) == ()


def test_lines_in_all_directions_come_in_their_order() -> None:
    board = parse_board("""
        X.X.X
        .XXX.
        XXXXX
        .XXX.
        X.X.X
    """)

    assert board.lines_through(Cell(2, 2), 5) == (
        tuple(Cell(2, n) for n in range(5)),
        tuple(Cell(n, 2) for n in range(5)),
        tuple(Cell(n, n) for n in range(5)),
        tuple(Cell(n, 4 - n) for n in range(5)),
    )


@unhurried
@given(grids)
def test_a_board_is_the_marks_written_in_any_order(
    rows: tuple[tuple[Mark | None, ...], ...],
) -> None:
    board, backwards = Board(len(rows), len(rows[0])), Board(len(rows), len(rows[0]))
    for cell, mark in reversed(marks_of(rows).items()):
        backwards = backwards.mark(cell, mark)
    board = board_of(rows)

    assert board.rows == rows
    assert (board, hash(board)) == (backwards, hash(backwards))


@unhurried
@given(grids)
def test_a_cell_is_marked_or_free(rows: tuple[tuple[Mark | None, ...], ...]) -> None:
    board, marks = board_of(rows), marks_of(rows)
    everywhere = {Cell(*place) for place in product(range(board.height), range(board.width))}

    assert {cell: board[cell] for cell in everywhere} == {c: marks.get(c) for c in everywhere}
    assert list(board.empty_cells()) == sorted(everywhere - set(marks))
    assert board.is_full == (everywhere == set(marks))
    assert all(board.is_free(cell) == (cell not in marks) for cell in everywhere)


@unhurried
@given(grids, cells)
def test_a_cell_is_on_the_board_within_its_sides(
    rows: tuple[tuple[Mark | None, ...], ...], cell: Cell
) -> None:
    board = board_of(rows)

    assert (cell in board) == (cell.row in range(len(rows)) and cell.column in range(len(rows[0])))


@unhurried
@given(grids, st.integers(2, 5))
def test_lines_are_those_the_referee_sees(
    rows: tuple[tuple[Mark | None, ...], ...], length: int
) -> None:
    board, marks = board_of(rows), marks_of(rows)
    lines = lines_on(marks, length)

    for cell in marks:
        assert board.lines_through(cell, length) == tuple(line for line in lines if cell in line)
