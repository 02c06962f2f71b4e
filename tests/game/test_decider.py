"""Every command in every phase by everybody, then what a move can come to."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Never, TypeAlias, get_args

import pytest

from tests.game.spec import ANN, BOB, EVE, STARTED, given, given_board, o, x
from xogql.game import (
    TIC_TAC_TOE,
    AbortGame,
    Absent,
    CancelGame,
    Cancelled,
    Cell,
    CellTakenError,
    Command,
    CommandRejectedError,
    CreateGame,
    Ending,
    Event,
    Finished,
    GameCancelled,
    GameCreated,
    GameEnded,
    GameExistsError,
    GameId,
    GameNotFoundError,
    GameNotStartedError,
    GameOverError,
    GameStartedError,
    ImpossibleEventError,
    InviteNeededError,
    JoinGame,
    MakeMove,
    Mark,
    MovesTakenBack,
    NotAPlayerError,
    NotCreatorError,
    NotYourTurnError,
    OfferCommand,
    OutsideBoardError,
    OwnGameError,
    PlayerId,
    PlayerJoined,
    Playing,
    Resign,
    Rules,
    RulesNotAllowedError,
    SeatTakenError,
    State,
    TooLateToAbortError,
    Visibility,
    Waiting,
    decide,
    evolve,
    fold,
)

Outcome: TypeAlias = Event | type[CommandRejectedError]
Row: TypeAlias = tuple[Outcome, Outcome, Outcome]

CREATED = GameCreated(ANN, TIC_TAC_TOE, Mark.X)
CANCELLED = GameCancelled()
RESIGNED_BY_X = GameEnded(Ending.RESIGNATION, Mark.O, ())
RESIGNED_BY_O = GameEnded(Ending.RESIGNATION, Mark.X, ())
ABORTED = GameEnded(Ending.ABORTED, None, ())

SEATS = {"creator": ANN, "opponent": BOB, "stranger": EVE}

HISTORIES: dict[type[State], tuple[Event, ...]] = {
    Absent: (),
    Waiting: (CREATED,),
    Playing: STARTED,
    Finished: (*STARTED, x(1, 1), RESIGNED_BY_O),
    Cancelled: (CREATED, CANCELLED),
}

COMMANDS: dict[type[Command], Callable[[PlayerId], Command]] = {
    CreateGame: lambda by: CreateGame(by, TIC_TAC_TOE, Mark.X, chance=Mark.O),
    JoinGame: JoinGame,
    MakeMove: lambda by: MakeMove(by, Cell(1, 1)),
    Resign: Resign,
    CancelGame: CancelGame,
    AbortGame: AbortGame,
}


def everybody(outcome: Outcome) -> Row:
    return (outcome, outcome, outcome)


TABLE: dict[tuple[type[State], type[Command]], Row] = {
    # What happens, or why not, when it is asked by    the creator, the opponent, a stranger.
    (Absent, CreateGame): (
        CREATED,
        GameCreated(BOB, TIC_TAC_TOE, Mark.X),
        GameCreated(EVE, TIC_TAC_TOE, Mark.X),
    ),
    (Absent, JoinGame): everybody(GameNotFoundError),
    (Absent, MakeMove): everybody(GameNotFoundError),
    (Absent, Resign): everybody(GameNotFoundError),
    (Absent, CancelGame): everybody(GameNotFoundError),
    (Absent, AbortGame): everybody(GameNotFoundError),
    (Waiting, CreateGame): everybody(GameExistsError),
    (Waiting, JoinGame): (OwnGameError, PlayerJoined(BOB), PlayerJoined(EVE)),
    (Waiting, MakeMove): everybody(GameNotStartedError),
    (Waiting, Resign): everybody(GameNotStartedError),
    (Waiting, CancelGame): (CANCELLED, NotCreatorError, NotCreatorError),
    (Waiting, AbortGame): everybody(GameNotStartedError),
    (Playing, CreateGame): everybody(GameExistsError),
    (Playing, JoinGame): everybody(SeatTakenError),
    (Playing, MakeMove): (x(1, 1), NotYourTurnError, NotAPlayerError),
    (Playing, Resign): (RESIGNED_BY_X, RESIGNED_BY_O, NotAPlayerError),
    (Playing, CancelGame): everybody(GameStartedError),
    (Playing, AbortGame): (ABORTED, ABORTED, NotAPlayerError),
    (Finished, CreateGame): everybody(GameExistsError),
    (Finished, JoinGame): everybody(GameOverError),
    (Finished, MakeMove): everybody(GameOverError),
    (Finished, Resign): everybody(GameOverError),
    (Finished, CancelGame): everybody(GameOverError),
    (Finished, AbortGame): everybody(GameOverError),
    (Cancelled, CreateGame): everybody(GameExistsError),
    (Cancelled, JoinGame): everybody(GameOverError),
    (Cancelled, MakeMove): everybody(GameOverError),
    (Cancelled, Resign): everybody(GameOverError),
    (Cancelled, CancelGame): everybody(GameOverError),
    (Cancelled, AbortGame): everybody(GameOverError),
}


def cases() -> Iterator[object]:
    for (phase, command), row in TABLE.items():
        for seat, outcome in zip(SEATS, row, strict=True):
            name = f"{phase.__name__}-{command.__name__}-{seat}"
            yield pytest.param(HISTORIES[phase], COMMANDS[command](SEATS[seat]), outcome, id=name)


@pytest.mark.parametrize(("history", "command", "outcome"), list(cases()))
def test_the_table_tells_what_a_command_comes_to(
    history: tuple[Event, ...], command: Command, outcome: Outcome
) -> None:
    asked = given(*history).when(command)

    if isinstance(outcome, type):
        asked.rejected(outcome)
    else:
        asked.then(outcome)


def test_the_table_holds_every_command_in_every_phase() -> None:
    phases = get_args(State)
    commands = set(get_args(Command)) - set(get_args(OfferCommand))  # see test_offers

    assert set(TABLE) == set(product(phases, commands))
    assert {type(fold(history)) for history in HISTORIES.values()} == set(phases)
    assert all(isinstance(fold(history), phase) for phase, history in HISTORIES.items())
    assert all(isinstance(make(ANN), command) for command, make in COMMANDS.items())


@pytest.mark.parametrize("chance", Mark)
def test_a_random_mark_is_what_chance_rolled(chance: Mark) -> None:
    given().when(CreateGame(ANN, TIC_TAC_TOE, mark=None, chance=chance)).then(
        GameCreated(ANN, TIC_TAC_TOE, chance)
    )


@pytest.mark.parametrize(("mark", "chance"), [(Mark.X, Mark.O), (Mark.O, Mark.X)])
def test_a_mark_asked_for_is_not_left_to_chance(mark: Mark, chance: Mark) -> None:
    given().when(CreateGame(ANN, TIC_TAC_TOE, mark, chance)).then(
        GameCreated(ANN, TIC_TAC_TOE, mark)
    )


@pytest.mark.parametrize("mark", Mark)
def test_a_game_with_an_opponent_begins_at_once(mark: Mark) -> None:
    of = GameId("game-before")
    given().when(CreateGame(ANN, TIC_TAC_TOE, mark, mark.other, opponent=BOB, rematch_of=of)).then(
        GameCreated(ANN, TIC_TAC_TOE, mark, rematch_of=of), PlayerJoined(BOB)
    )


def test_nobody_is_their_own_opponent() -> None:
    given().when(CreateGame(ANN, TIC_TAC_TOE, Mark.X, Mark.X, opponent=ANN)).rejected(OwnGameError)


def test_rules_outside_the_limits_are_refused() -> None:
    given().when(CreateGame(ANN, Rules(3, 20, 3), Mark.X, Mark.X)).rejected(RulesNotAllowedError)


def test_who_joins_a_creator_with_o_has_x_and_moves_first() -> None:
    history = (GameCreated(ANN, TIC_TAC_TOE, Mark.O), PlayerJoined(BOB))

    given(*history).when(MakeMove(ANN, Cell(0, 0))).rejected(NotYourTurnError)
    given(*history).when(MakeMove(BOB, Cell(0, 0))).then(x(0, 0))


def test_after_x_it_is_the_turn_of_o() -> None:
    given(*STARTED, x(0, 0)).when(MakeMove(ANN, Cell(1, 1))).rejected(NotYourTurnError)
    given(*STARTED, x(0, 0)).when(MakeMove(BOB, Cell(1, 1))).then(o(1, 1))


@pytest.mark.parametrize("cell", [Cell(0, 0), Cell(1, 1)])
def test_a_cell_is_taken_by_either_mark(cell: Cell) -> None:
    given(*STARTED, x(0, 0), o(1, 1)).when(MakeMove(ANN, cell)).rejected(CellTakenError)


@pytest.mark.parametrize("row", [-(10**30), -1, 3, 10**30])
@pytest.mark.parametrize("inside", [0, 2])
def test_no_move_is_made_outside_the_board(row: int, inside: int) -> None:
    given(*STARTED).when(MakeMove(ANN, Cell(row, inside))).rejected(OutsideBoardError)
    given(*STARTED).when(MakeMove(ANN, Cell(inside, row))).rejected(OutsideBoardError)


def test_the_seat_is_asked_for_before_the_turn_and_the_turn_before_the_cell() -> None:
    game = given(*STARTED, x(0, 0))

    for cell in (Cell(9, 9), Cell(0, 0)):
        game.when(MakeMove(EVE, cell)).rejected(NotAPlayerError)
        game.when(MakeMove(ANN, cell)).rejected(NotYourTurnError)


def test_resigning_needs_no_turn() -> None:
    given(*STARTED).when(Resign(BOB)).then(RESIGNED_BY_O)
    given(*STARTED, x(0, 0)).when(Resign(ANN)).then(RESIGNED_BY_X)


@pytest.mark.parametrize("player", [ANN, BOB])
def test_a_game_is_aborted_until_both_have_moved(player: PlayerId) -> None:
    given(*STARTED, x(0, 0)).when(AbortGame(player)).then(ABORTED)
    given(*STARTED, x(0, 0), o(1, 1)).when(AbortGame(player)).rejected(TooLateToAbortError)


def test_a_game_that_was_taken_back_to_its_beginning_is_aborted_too() -> None:
    taken_back = (*STARTED, x(0, 0), o(1, 1), MovesTakenBack(1))

    given(*taken_back).when(AbortGame(ANN)).then(ABORTED)


def test_the_third_mark_in_a_row_wins() -> None:
    given_board("""
        XX.
        OO.
        ...
    """).when(MakeMove(ANN, Cell(0, 2))).then(
        x(0, 2), GameEnded(Ending.LINE, Mark.X, ((Cell(0, 0), Cell(0, 1), Cell(0, 2)),))
    )


def test_o_wins_too() -> None:
    given_board("""
        XXO
        XO.
        ..X
    """).when(MakeMove(BOB, Cell(2, 0))).then(
        o(2, 0), GameEnded(Ending.LINE, Mark.O, ((Cell(0, 2), Cell(1, 1), Cell(2, 0)),))
    )


def test_a_move_may_complete_several_lines() -> None:
    row, column = tuple(Cell(0, n) for n in range(3)), tuple(Cell(n, 0) for n in range(3))

    given_board("""
        .XX
        XOO
        XOO
    """).when(MakeMove(ANN, Cell(0, 0))).then(
        x(0, 0), GameEnded(Ending.LINE, Mark.X, (row, column))
    )


def test_a_line_longer_than_needed_wins_and_is_told_whole() -> None:
    given_board("""
        XX.XX
        OO.OO
        .....
    """).when(MakeMove(ANN, Cell(0, 2))).then(
        x(0, 2), GameEnded(Ending.LINE, Mark.X, (tuple(Cell(0, column) for column in range(5)),))
    )


def test_a_full_board_without_a_line_is_a_draw() -> None:
    given_board("""
        XOX
        XOO
        OX.
    """).when(MakeMove(ANN, Cell(2, 2))).then(x(2, 2), GameEnded(Ending.BOARD_FULL, None, ()))


def test_a_line_on_the_last_free_cell_wins() -> None:
    given_board("""
        XOX
        OXO
        OX.
    """).when(MakeMove(ANN, Cell(2, 2))).then(
        x(2, 2), GameEnded(Ending.LINE, Mark.X, ((Cell(0, 0), Cell(1, 1), Cell(2, 2)),))
    )


@pytest.mark.parametrize("history", HISTORIES.values(), ids=lambda history: str(len(history)))
@pytest.mark.parametrize("nonsense", [None, "nonsense"])
def test_nonsense_is_never_passed_over(history: tuple[Event, ...], nonsense: Never) -> None:
    with pytest.raises(AssertionError, match="unreachable"):
        decide(nonsense, fold(history))
    with pytest.raises(AssertionError, match="unreachable"):
        decide(Resign(ANN), nonsense)
    with pytest.raises(AssertionError, match="unreachable"):
        evolve(fold(history), nonsense)


IMPOSSIBLE: list[tuple[tuple[Event, ...], Event]] = [
    ((), PlayerJoined(BOB)),
    ((), x(0, 0)),
    ((), CANCELLED),
    ((CREATED,), CREATED),
    ((CREATED,), PlayerJoined(ANN)),
    ((CREATED,), x(0, 0)),
    ((CREATED,), RESIGNED_BY_X),
    (STARTED, CANCELLED),
    (STARTED, PlayerJoined(EVE)),
    (STARTED, o(0, 0)),
    (STARTED, x(0, 3)),
    (STARTED, x(-1, 0)),
    ((*STARTED, x(0, 0)), o(0, 0)),
    ((*STARTED, RESIGNED_BY_X), x(0, 0)),
    ((*STARTED, RESIGNED_BY_X), RESIGNED_BY_X),
    ((CREATED, CANCELLED), PlayerJoined(BOB)),
    ((CREATED, CANCELLED), CANCELLED),
]


@pytest.mark.parametrize(("history", "event"), IMPOSSIBLE)
def test_an_event_that_cannot_be_is_not_passed_over(
    history: tuple[Event, ...], event: Event
) -> None:
    with pytest.raises(ImpossibleEventError, match=type(event).__name__):
        evolve(fold(history), event)


HIDDEN = pytest.mark.parametrize("visibility", [Visibility.LINK, Visibility.PRIVATE])


@HIDDEN
def test_a_game_that_is_not_public_is_joined_with_an_invite(visibility: Visibility) -> None:
    created = GameCreated(ANN, TIC_TAC_TOE, Mark.X, visibility=visibility)

    given(created).when(JoinGame(BOB)).rejected(InviteNeededError)
    given(created).when(JoinGame(BOB, invited=True)).then(PlayerJoined(BOB))


@HIDDEN
def test_an_invite_changes_no_other_answer(visibility: Visibility) -> None:
    created = GameCreated(ANN, TIC_TAC_TOE, Mark.X, visibility=visibility)

    for invited in (False, True):
        given(created).when(JoinGame(ANN, invited)).rejected(OwnGameError)
        given(created, PlayerJoined(BOB)).when(JoinGame(EVE, invited)).rejected(SeatTakenError)
        given(created, CANCELLED).when(JoinGame(EVE, invited)).rejected(GameOverError)


@HIDDEN
def test_the_visibility_that_was_wished_for_is_recorded(visibility: Visibility) -> None:
    wish = CreateGame(ANN, TIC_TAC_TOE, Mark.X, Mark.X, visibility=visibility)

    given().when(wish).then(GameCreated(ANN, TIC_TAC_TOE, Mark.X, visibility=visibility))
