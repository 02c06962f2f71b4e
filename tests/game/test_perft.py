"""Every game of tic-tac-toe, counted: the numbers are known."""

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from tests.game.spec import STARTED
from xogql.game import Finished, Game, MakeMove, Mark, Playing, decide, fold

Endings: TypeAlias = Counter[tuple[Mark | None, int]]
"""How many games are won by whom (None: drawn) in how many moves."""


@cache
def endings(game: Game) -> Endings:
    if isinstance(game, Finished):
        return Counter([(game.winner, 0)])
    assert isinstance(game, Playing)
    counted: Endings = Counter()
    for cell in game.board.empty_cells():
        events = decide(MakeMove(game.seats[game.turn], cell), game)
        for (winner, moves), games in endings(without_history(fold(events, game))).items():
            counted[winner, moves + 1] += games
    return counted


def without_history(game: object) -> Playing | Finished:
    """The game as if its board had fallen from the sky: positions meet again on other ways."""
    assert isinstance(game, Playing | Finished)
    return replace(game, moves=())


def test_all_255168_games_of_tic_tac_toe_end_as_they_must() -> None:
    counted = endings(without_history(fold(STARTED)))

    assert counted == {
        (Mark.X, 5): 1_440,
        (Mark.O, 6): 5_328,
        (Mark.X, 7): 47_952,
        (Mark.O, 8): 72_576,
        (Mark.X, 9): 81_792,
        (None, 9): 46_080,
    }
    assert counted.total() == 255_168


def test_x_wins_131184_of_them_and_o_77904() -> None:
    winners: Counter[Mark | None] = Counter()
    for (winner, _), games in endings(without_history(fold(STARTED))).items():
        winners[winner] += games

    assert winners == {Mark.X: 131_184, Mark.O: 77_904, None: 46_080}


def test_tic_tac_toe_has_5478_positions() -> None:
    endings.cache_clear()
    endings(without_history(fold(STARTED)))

    assert endings.cache_info().currsize == 5_478
