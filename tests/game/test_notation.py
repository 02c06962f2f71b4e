"""Boards out of text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import unhurried
from xogql.game import Board, Cell, Mark, NotationError, format_board, parse_board

drawings = st.integers(1, 19).flatmap(
    lambda width: st.lists(st.text("XO.", min_size=width, max_size=width), min_size=1, max_size=19)
)


def test_a_board_is_read_from_one_line() -> None:
    board = parse_board("X.O/.X./..O")

    assert board[Cell(0, 0)] is Mark.X
    assert board[Cell(0, 1)] is None
    assert board[Cell(2, 2)] is Mark.O


def test_a_board_is_read_from_lines_wherever_they_begin() -> None:
    drawn = """
        X.O
        .X.
    """

    assert parse_board(drawn) == parse_board("X.O/.X.")


@unhurried
@given(drawings)
def test_what_is_read_is_written_again(rows: list[str]) -> None:
    assert format_board(parse_board("/".join(rows))) == "/".join(rows)
    assert str(parse_board("\n".join(rows))) == "\n".join(rows)


@unhurried
@given(drawings)
def test_what_is_written_is_read_again(rows: list[str]) -> None:
    board = parse_board("/".join(rows))

    assert parse_board(format_board(board)) == parse_board(str(board)) == board


@pytest.mark.parametrize("size", [(3, 3), (19, 3), (1, 1)])
def test_an_empty_board_is_all_dots(size: tuple[int, int]) -> None:
    assert set(format_board(Board(*size))) <= {".", "/"}


@pytest.mark.parametrize(
    "text", ["", "  \n ", "/", "XO/X", "X/XO", "X.O//X.O", "x.o", "X O", "X0X", "XX./.#."]
)
def test_other_text_draws_no_board(text: str) -> None:
    with pytest.raises(NotationError, match="not rows of X, O and dots"):
        parse_board(text)
