"""The decider: what a command does to a game."""

from typing import assert_never

from xogql.game.agreements import settle
from xogql.game.commands import (
    AbortGame,
    AcceptOffer,
    CancelGame,
    Command,
    CreateGame,
    DeclineOffer,
    JoinGame,
    MakeMove,
    MakeOffer,
    Resign,
    WithdrawOffer,
)
from xogql.game.errors import (
    CellTakenError,
    GameExistsError,
    GameNotFoundError,
    GameNotStartedError,
    GameOverError,
    GameStartedError,
    InviteNeededError,
    NotAPlayerError,
    NotCreatorError,
    NotYourTurnError,
    OutsideBoardError,
    OwnGameError,
    PositionOverError,
    RulesNotAllowedError,
    SeatTakenError,
    TooLateToAbortError,
)
from xogql.game.events import (
    Ending,
    Event,
    GameCancelled,
    GameCreated,
    GameEnded,
    MoveMade,
    PlayerJoined,
    PositionSetUp,
)
from xogql.game.opening import Opening
from xogql.game.rules import Rules
from xogql.game.state import Absent, Cancelled, Finished, Playing, State, Waiting
from xogql.game.visibility import Visibility

BOTH = 2
"""Moves after which both players have moved."""


def decide(command: Command, state: State) -> tuple[Event, ...]:
    """Return what happens when *command* is given to a game in *state*.

    Raises:
        CommandRejectedError: The rules do not allow it; its class says why.
    """
    match state:
        case Absent():
            return _before(command)
        case Waiting():
            return _while_waiting(command, state)
        case Playing():
            return _while_playing(command, state)
        case Finished():
            return _after_the_end(command, state)
        case Cancelled():
            return _after_cancelling(command)
        case _:
            assert_never(state)


def _before(command: Command) -> tuple[Event, ...]:
    match command:
        case CreateGame():
            return _create(command)
        case JoinGame() | MakeMove() | Resign() | CancelGame() | AbortGame():
            raise GameNotFoundError
        case MakeOffer() | WithdrawOffer() | AcceptOffer() | DeclineOffer():
            raise GameNotFoundError
        case _:
            assert_never(command)


def _create(command: CreateGame) -> tuple[Event, ...]:
    if not command.rules.are_allowed:
        raise RulesNotAllowedError
    mark = command.mark or command.chance
    events: list[Event] = [
        GameCreated(command.by, command.rules, mark, command.rematch_of, command.visibility)
    ]
    if command.opening is not None:
        _check_opening(command.opening, command.rules)
        events.append(PositionSetUp(command.opening))
    if command.opponent == command.by:
        raise OwnGameError
    if command.opponent is not None:
        events.append(PlayerJoined(command.opponent))
    return tuple(events)


def _check_opening(opening: Opening, rules: Rules) -> None:
    """Refuse what is no position of a game by these rules, and one that nobody can move in."""
    board = rules.empty_board
    for move in opening.moves:
        if move.cell not in board:
            raise OutsideBoardError
        if not board.is_free(move.cell):
            raise CellTakenError
        board = board.mark(move.cell, move.mark)
        if board.lines_through(move.cell, rules.line):
            raise PositionOverError
    if board.is_full:
        raise PositionOverError


def _while_waiting(command: Command, game: Waiting) -> tuple[Event, ...]:
    match command:
        case JoinGame():
            return _join(command, game)
        case CancelGame(by):
            if by != game.creator:
                raise NotCreatorError
            return (GameCancelled(),)
        case MakeMove() | Resign() | AbortGame():
            raise GameNotStartedError
        case MakeOffer() | WithdrawOffer() | AcceptOffer() | DeclineOffer():
            raise GameNotStartedError
        case CreateGame():
            raise GameExistsError
        case _:
            assert_never(command)


def _join(command: JoinGame, game: Waiting) -> tuple[Event, ...]:
    if command.by == game.creator:
        raise OwnGameError
    if game.visibility is not Visibility.PUBLIC and not command.invited:
        raise InviteNeededError
    return (PlayerJoined(command.by),)


def _while_playing(command: Command, game: Playing) -> tuple[Event, ...]:
    match command:
        case MakeMove():
            return _move(command, game)
        case Resign():
            return _resign(command, game)
        case AbortGame():
            return _abort(command, game)
        case MakeOffer() | WithdrawOffer() | AcceptOffer() | DeclineOffer():
            return settle(command, game)
        case JoinGame():
            raise SeatTakenError
        case CancelGame():
            raise GameStartedError
        case CreateGame():
            raise GameExistsError
        case _:
            assert_never(command)


def _after_the_end(command: Command, game: Finished) -> tuple[Event, ...]:
    match command:
        case MakeOffer() | WithdrawOffer() | AcceptOffer() | DeclineOffer():
            return settle(command, game)
        case JoinGame() | MakeMove() | Resign() | CancelGame() | AbortGame():
            raise GameOverError
        case CreateGame():
            raise GameExistsError
        case _:
            assert_never(command)


def _after_cancelling(command: Command) -> tuple[Event, ...]:
    match command:
        case JoinGame() | MakeMove() | Resign() | CancelGame() | AbortGame():
            raise GameOverError
        case MakeOffer() | WithdrawOffer() | AcceptOffer() | DeclineOffer():
            raise GameOverError
        case CreateGame():
            raise GameExistsError
        case _:
            assert_never(command)


def _move(command: MakeMove, game: Playing) -> tuple[Event, ...]:
    mark, cell = game.mark_of(command.by), command.cell
    if mark is None:
        raise NotAPlayerError
    if mark is not game.turn:
        raise NotYourTurnError
    if cell not in game.board:
        raise OutsideBoardError
    if game.board[cell] is not None:
        raise CellTakenError
    made, board = MoveMade(mark, cell), game.board.mark(cell, mark)
    if lines := board.lines_through(cell, game.rules.line):
        return made, GameEnded(Ending.LINE, mark, lines)
    if board.is_full:
        return made, GameEnded(Ending.BOARD_FULL, None, ())
    return (made,)


def _resign(command: Resign, game: Playing) -> tuple[Event, ...]:
    mark = game.mark_of(command.by)
    if mark is None:
        raise NotAPlayerError
    return (GameEnded(Ending.RESIGNATION, mark.other, ()),)


def _abort(command: AbortGame, game: Playing) -> tuple[Event, ...]:
    if game.mark_of(command.by) is None:
        raise NotAPlayerError
    if len(game.own_moves) >= BOTH:
        raise TooLateToAbortError
    return (GameEnded(Ending.ABORTED, None, ()),)
