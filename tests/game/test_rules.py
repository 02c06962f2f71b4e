"""Which rules are allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.game.strategies import rules, unhurried
from xogql.game import PRESETS, TIC_TAC_TOE, Board, Rules


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS.keys())
def test_presets_are_allowed(preset: Rules) -> None:
    assert preset.are_allowed


def test_the_presets_are_those_promised() -> None:
    assert {
        "TIC_TAC_TOE": Rules(rows=3, columns=3, line=3),
        "FOUR_IN_A_ROW": Rules(rows=6, columns=6, line=4),
        "GOMOKU": Rules(rows=15, columns=15, line=5),
    } == PRESETS


def test_tic_tac_toe_is_played_unless_told_otherwise() -> None:
    assert Rules() == TIC_TAC_TOE


@pytest.mark.parametrize(
    "limits", [Rules(3, 3, 3), Rules(19, 19, 19), Rules(3, 19, 19), Rules(19, 3, 3)]
)
def test_the_limits_themselves_are_allowed(limits: Rules) -> None:
    assert limits.are_allowed


@pytest.mark.parametrize(
    "beyond",
    [
        Rules(2, 3, 3),
        Rules(3, 2, 3),
        Rules(20, 3, 3),
        Rules(3, 20, 3),
        Rules(3, 3, 2),
        Rules(3, 3, 4),
        Rules(4, 5, 6),
        Rules(19, 19, 20),
        Rules(-3, -3, -3),
        Rules(10**30, 10**30, 3),
    ],
)
def test_what_lies_beyond_the_limits_is_not(beyond: Rules) -> None:
    assert not beyond.are_allowed


@unhurried
@given(st.builds(Rules, *[st.integers(0, 22)] * 3))
def test_rules_are_allowed_as_the_issue_has_it(wish: Rules) -> None:
    longest = max(wish.rows, wish.columns)
    sides_fit = all(side in range(3, 20) for side in (wish.rows, wish.columns))

    assert wish.are_allowed == (sides_fit and wish.line in range(3, longest + 1))


@unhurried
@given(rules(longest_side=19))
def test_the_empty_board_has_the_size_agreed(agreed: Rules) -> None:
    assert agreed.empty_board == Board(agreed.rows, agreed.columns)
