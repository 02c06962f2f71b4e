"""A referee who scans the whole board by hand agrees with the rules at every move."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.game.referee import lines_on
from tests.game.spec import ANN, BOB
from tests.game.strategies import cells_of, games, unhurried
from xogql.game import (
    GOMOKU,
    Cell,
    Ending,
    Event,
    GameCreated,
    GameEnded,
    MakeMove,
    Mark,
    MoveMade,
    PlayerJoined,
    Playing,
    Rules,
    decide,
    fold,
)


def verdict(marks: dict[Cell, Mark], rules: Rules) -> tuple[Event, ...]:
    """What the referee says once the last of these marks is written."""
    mark = list(marks.values())[-1]
    if lines := lines_on(marks, rules.line):
        return (GameEnded(Ending.LINE, mark, lines),)
    if len(marks) == rules.rows * rules.columns:
        return (GameEnded(Ending.BOARD_FULL, None, ()),)
    return ()


def referee(rules: Rules, cells: Sequence[Cell]) -> None:
    """Play with the referee at the board, who must see the same at the same moment."""
    marks: dict[Cell, Mark] = {}
    game = fold([GameCreated(ANN, rules, Mark.X), PlayerJoined(BOB)])
    for cell in cells:
        if not isinstance(game, Playing):
            break
        marks[cell] = mark = game.turn
        events = decide(MakeMove(game.seats[mark], cell), game)
        assert events == (MoveMade(mark, cell), *verdict(marks, rules))
        game = fold(events, game)


@unhurried
@given(games)
def test_the_referee_agrees_on_every_move_of_small_games(
    filled: tuple[Rules, Sequence[Cell]],
) -> None:
    referee(*filled)


@settings(unhurried, max_examples=5)
@given(st.permutations(cells_of(GOMOKU)))
def test_the_referee_agrees_on_every_move_of_gomoku(cells: Sequence[Cell]) -> None:
    referee(GOMOKU, cells)


@settings(unhurried, max_examples=5)
@given(st.permutations(cells_of(Rules(19, 4, 4))))
def test_the_referee_agrees_on_every_move_on_the_tallest_board(cells: Sequence[Cell]) -> None:
    referee(Rules(19, 4, 4), cells)
