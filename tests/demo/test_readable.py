"""What is printed is JSON still, narrow, and without secrets."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from xogql.demo.readable import discreet, drawn, laid_out

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=50)
@given(VALUES, st.integers(10, 100))
def test_it_is_the_same_value(value: object, room: int) -> None:
    assert json.loads(laid_out(value, room)) == value


def test_what_fits_is_on_one_line_and_the_rest_indented() -> None:
    game = {"version": 7, "board": {"rows": [["X", None], [None, "O"]]}, "players": [{"mark": "X"}]}

    assert laid_out({"data": {"game": game}}, 40) == (
        '{"data": {"game": {\n'
        '  "version": 7,\n'
        '  "board": {"rows": [\n'
        '    ["X", null],\n'
        '    [null, "O"]\n'
        "  ]},\n"
        '  "players": [{"mark": "X"}]\n'
        "}}}"
    )


def test_secrets_keep_their_beginning_at_most() -> None:
    told = {
        "input": {"username": "ann", "password": "correct horse"},
        "Authorization": "Intra eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl",
        "edges": [{"accessToken": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"}],
    }

    assert discreet(told) == {
        "input": {"username": "ann", "password": "<password>"},
        "Authorization": "Intra eyJhbGciOi…",
        "edges": [{"accessToken": "eyJhbGciOi…"}],
    }


def test_a_board_is_drawn_with_its_winning_line() -> None:
    line = [{"row": 0, "column": 1}, {"row": 1, "column": 1}]

    assert drawn([["O", "X"], [None, "X"]], line) == " O |[X]\n---+---\n   |[X]"
