"""Games that begin from a position of another: the same game, from there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.game import spec
from tests.game.referee import lines_on
from tests.game.spec import ANN, BOB, STARTED, o, x
from tests.game.strategies import cells_of, games, play, unhurried
from tests.game.test_perft import Endings, endings, without_history
from xogql.game import (
    TIC_TAC_TOE,
    AbortGame,
    AcceptOffer,
    Cell,
    CellTakenError,
    CommandRejectedError,
    CreateGame,
    Ending,
    Event,
    Finished,
    GameCancelled,
    GameCreated,
    GameEnded,
    GameId,
    ImpossibleEventError,
    MakeMove,
    MakeOffer,
    Mark,
    MovesTakenBack,
    NothingToTakeBackError,
    NotYourTurnError,
    OfferKind,
    OfferMade,
    Opening,
    OutsideBoardError,
    PlayerJoined,
    Playing,
    PositionOverError,
    PositionSetUp,
    Rules,
    TooLateToAbortError,
    Visibility,
    Waiting,
    decide,
    evolve,
    fold,
    parse_board,
    return_match,
)

BEFORE, NEXT = GameId("game-before"), GameId("game-next")
CENTRE, CORNER, EDGE = Cell(1, 1), Cell(0, 0), Cell(0, 1)
CREATED = GameCreated(ANN, TIC_TAC_TOE, Mark.X)


def opening(*cells: Cell) -> Opening:
    return Opening(BEFORE, 2 + len(cells), cells)


def begun(*cells: Cell) -> tuple[Event, ...]:
    """Ann has X and Bob has O in a game that begins after moves to these cells."""
    return (CREATED, PositionSetUp(opening(*cells)), PlayerJoined(BOB))


def wish(start: Opening, rules: Rules = TIC_TAC_TOE) -> CreateGame:
    return CreateGame(ANN, rules, Mark.X, Mark.O, opening=start)


def test_a_game_is_created_and_then_set_up() -> None:
    start = opening(CENTRE)

    spec.given().when(wish(start)).then(CREATED, PositionSetUp(start))
    spec.given().when(replace(wish(start), opponent=BOB)).then(*begun(CENTRE))


def test_it_waits_with_its_position_on_the_board() -> None:
    game = fold((CREATED, PositionSetUp(opening(CENTRE, CORNER))))

    assert isinstance(game, Waiting)
    assert game.board == parse_board("O../.X./...")
    assert game.moves == opening(CENTRE, CORNER).moves
    assert (game.opening, game.turn) == (opening(CENTRE, CORNER), None)


def test_a_game_that_is_taken_back_keeps_its_position() -> None:
    waiting = fold((CREATED, PositionSetUp(opening(CENTRE))))

    cancelled = evolve(waiting, GameCancelled())

    assert (cancelled.opening, cancelled.board) == (opening(CENTRE), parse_board(".../.X./..."))


def test_whose_turn_it_is_follows_from_the_position() -> None:
    spec.given(*begun(CENTRE)).when(MakeMove(ANN, CORNER)).rejected(NotYourTurnError)
    spec.given(*begun(CENTRE)).when(MakeMove(BOB, CORNER)).then(o(0, 0))
    spec.given(*begun(CENTRE, CORNER)).when(MakeMove(ANN, EDGE)).then(x(0, 1))
    spec.given(*begun()).when(MakeMove(ANN, EDGE)).then(x(0, 1))


def test_the_marks_of_the_opening_stand_and_count_in_a_line() -> None:
    history = begun(CENTRE, CORNER, EDGE)

    spec.given(*history).when(MakeMove(BOB, CENTRE)).rejected(CellTakenError)
    won = (x(2, 1), GameEnded(Ending.LINE, Mark.X, ((EDGE, CENTRE, Cell(2, 1)),)))
    spec.given(*history, o(2, 2)).when(MakeMove(ANN, Cell(2, 1))).then(*won)


NO_POSITIONS: list[tuple[tuple[Cell, ...], type[CommandRejectedError]]] = [
    ((Cell(0, 0), Cell(1, 0), Cell(0, 1), Cell(1, 1), Cell(0, 2)), PositionOverError),
    ((Cell(3, 0),), OutsideBoardError),
    ((CENTRE, CORNER, CENTRE), CellTakenError),
]


@pytest.mark.parametrize(("cells", "error"), NO_POSITIONS)
def test_a_position_that_nobody_can_go_on_from_is_refused(
    cells: tuple[Cell, ...], error: type[CommandRejectedError]
) -> None:
    spec.given().when(wish(opening(*cells))).rejected(error)


def test_a_full_board_is_refused() -> None:
    rows = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 0), (1, 2), (2, 1), (2, 0), (2, 2)]
    cells = [Cell(*each) for each in rows]

    assert not lines_on({each.cell: each.mark for each in opening(*cells).moves}, 3)
    spec.given().when(wish(opening(*cells))).rejected(PositionOverError)


IMPOSSIBLE: list[tuple[tuple[Event, ...], Event]] = [
    ((), PositionSetUp(opening())),
    ((CREATED, PositionSetUp(opening())), PositionSetUp(opening())),
    (STARTED, PositionSetUp(opening())),
    ((CREATED,), PositionSetUp(opening(Cell(0, 3)))),
    ((CREATED,), PositionSetUp(opening(CENTRE, CENTRE))),
    ((*begun(CENTRE), o(0, 0)), MovesTakenBack(2)),
]


@pytest.mark.parametrize(("history", "event"), IMPOSSIBLE)
def test_a_position_that_cannot_be_is_not_passed_over(
    history: tuple[Event, ...], event: Event
) -> None:
    with pytest.raises(ImpossibleEventError, match=type(event).__name__):
        evolve(fold(history), event)


def test_no_takeback_goes_behind_the_opening() -> None:
    asks = MakeOffer(ANN, OfferKind.TAKEBACK, NEXT)
    asked = (*begun(CENTRE, CORNER), x(0, 1), OfferMade(OfferKind.TAKEBACK, Mark.X))

    spec.given(*begun(CENTRE)).when(asks).rejected(NothingToTakeBackError)
    spec.given(*begun(CENTRE), o(0, 0)).when(asks).rejected(NothingToTakeBackError)
    yes = AcceptOffer(BOB, OfferKind.TAKEBACK, NEXT)
    spec.given(*asked).when(yes).then(MovesTakenBack(1))
    assert fold((*asked, MovesTakenBack(1))) == fold(begun(CENTRE, CORNER))


def test_a_game_is_called_off_until_both_have_moved_in_it() -> None:
    history = (*begun(CENTRE, CORNER, EDGE), o(2, 1))

    called_off = GameEnded(Ending.ABORTED, None, ())
    spec.given(*history).when(AbortGame(ANN)).then(called_off)
    spec.given(*history, x(2, 2)).when(AbortGame(ANN)).rejected(TooLateToAbortError)


def test_a_rematch_begins_from_the_same_position_with_the_marks_changed() -> None:
    game = fold((*begun(CENTRE), GameEnded(Ending.RESIGNATION, Mark.X, ())))
    assert isinstance(game, Finished)

    again = return_match(NEXT, game)

    assert (again.opening, again.mark, again.rematch_of) == (opening(CENTRE), Mark.O, NEXT)
    spec.given().when(again).then(
        GameCreated(ANN, TIC_TAC_TOE, Mark.O, NEXT, Visibility.PUBLIC),
        PositionSetUp(opening(CENTRE)),
        PlayerJoined(BOB),
    )


@unhurried
@given(games, st.data())
def test_from_a_position_a_game_goes_on_as_the_one_it_is_from(
    filled: tuple[Rules, Sequence[Cell]], data: st.DataObject
) -> None:
    rules, cells = filled
    whole = fold(play(rules, cells))
    assert isinstance(whole, Finished)
    cut = data.draw(st.integers(0, len(whole.moves) - 1))

    log = [*decide(replace(wish(opening(*cells[:cut]), rules), opponent=BOB), fold(()))]
    for cell in cells[cut : len(whole.moves)]:
        game = fold(log)
        assert isinstance(game, Playing)
        log += decide(MakeMove(game.seats[game.turn], cell), game)

    game = fold(log)
    assert isinstance(game, Finished)
    assert (game.board, game.moves) == (whole.board, whole.moves)
    assert (game.ending, game.winner, game.lines) == (whole.ending, whole.winner, whole.lines)
    assert game.own_moves == whole.moves[cut:]


@unhurried
@given(games, st.data())
def test_the_referee_agrees_on_which_positions_are_over(
    filled: tuple[Rules, Sequence[Cell]], data: st.DataObject
) -> None:
    rules, cells = filled
    start = opening(*cells[: data.draw(st.integers(0, len(cells)))])
    # Of what comes after a line the referee cannot tell when it was made.
    before = {each.cell: each.mark for each in start.moves[:-1]}
    assume(not lines_on(before, rules.line))

    now = {each.cell: each.mark for each in start.moves}
    if lines_on(now, rules.line) or len(now) == len(cells):
        spec.given().when(wish(start, rules)).rejected(PositionOverError)
    else:
        created = GameCreated(ANN, rules, Mark.X)
        spec.given().when(wish(start, rules)).then(created, PositionSetUp(start))


def test_all_games_of_tic_tac_toe_begin_from_one_of_nine_positions() -> None:
    counted: Endings = Counter()
    for first in cells_of(TIC_TAC_TOE):
        for (winner, moves), number in endings(without_history(fold(begun(first)))).items():
            counted[winner, moves + 1] += number

    assert counted == endings(without_history(fold(STARTED)))
