"""What every phase of a game tells."""

from typing import get_args

import pytest

from tests.game.spec import ANN, BOB, EVE, STARTED, o, x
from xogql.game import (
    TIC_TAC_TOE,
    Absent,
    Board,
    Cell,
    Ending,
    Event,
    Finished,
    Game,
    GameCancelled,
    GameCreated,
    GameEnded,
    Mark,
    Move,
    PlayerJoined,
    Playing,
    Status,
    fold,
    initial_state,
    parse_board,
)


def game_after(*events: Event) -> Game:
    game = fold(events)
    assert not isinstance(game, Absent)
    return game


CREATED = GameCreated(ANN, TIC_TAC_TOE, Mark.O)
ENDED = GameEnded(Ending.RESIGNATION, Mark.O, ())
GAMES = [
    (game_after(CREATED), Status.WAITING, {Mark.O: ANN}),
    (game_after(CREATED, PlayerJoined(BOB)), Status.PLAYING, {Mark.X: BOB, Mark.O: ANN}),
    (game_after(CREATED, PlayerJoined(BOB), ENDED), Status.FINISHED, {Mark.X: BOB, Mark.O: ANN}),
    (game_after(CREATED, GameCancelled()), Status.CANCELLED, {Mark.O: ANN}),
]


def test_nothing_is_before_the_first_event() -> None:
    assert initial_state() == fold(()) == Absent()


def test_every_phase_is_shown_here() -> None:
    assert [type(game) for game, *_ in GAMES] == list(get_args(Game))
    assert [status for _, status, _ in GAMES] == list(Status)


@pytest.mark.parametrize(("game", "status", "seats"), GAMES)
def test_every_phase_tells_who_plays_what(
    game: Game, status: Status, seats: dict[Mark, str]
) -> None:
    assert (game.status, game.seats) == (status, seats)
    assert (game.rules, game.creator) == (TIC_TAC_TOE, ANN)
    assert (game.board, game.moves) == (Board(3, 3), ())
    assert {mark: game.mark_of(player) for mark, player in game.seats.items()} == {
        mark: mark for mark in seats
    }
    assert game.mark_of(EVE) is None


def test_a_game_keeps_its_moves_in_their_order() -> None:
    game = game_after(*STARTED, x(1, 1), o(0, 1), x(2, 0))

    assert game.moves == (
        Move(Mark.X, Cell(1, 1)),
        Move(Mark.O, Cell(0, 1)),
        Move(Mark.X, Cell(2, 0)),
    )
    assert game.board == parse_board(".O./.X./X..")


def test_turns_pass_with_every_move() -> None:
    first, second = game_after(*STARTED), game_after(*STARTED, x(0, 0))

    assert isinstance(first, Playing)
    assert isinstance(second, Playing)
    assert (first.turn, second.turn) == (Mark.X, Mark.O)


def test_a_finished_game_keeps_its_board_and_tells_how_it_ended() -> None:
    game = game_after(*STARTED, x(1, 1), GameEnded(Ending.RESIGNATION, Mark.X, ()))

    assert isinstance(game, Finished)
    assert (game.ending, game.winner, game.lines) == (Ending.RESIGNATION, Mark.X, ())
    assert game.board == parse_board(".../.X./...")
