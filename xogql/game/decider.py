"""The decider: what a command does to a game, and what an event makes of it."""

from collections.abc import Iterable
from functools import reduce
from typing import assert_never

from xogql.game.board import Mark
from xogql.game.commands import CancelGame, Command, CreateGame, JoinGame, MakeMove, Resign
from xogql.game.errors import (
    CellTakenError,
    GameExistsError,
    GameNotFoundError,
    GameNotStartedError,
    GameOverError,
    GameStartedError,
    ImpossibleEventError,
    InviteNeededError,
    NotAPlayerError,
    NotCreatorError,
    NotYourTurnError,
    OutsideBoardError,
    OwnGameError,
    RulesNotAllowedError,
    SeatTakenError,
)
from xogql.game.events import (
    Ending,
    Event,
    GameCancelled,
    GameCreated,
    GameEnded,
    MoveMade,
    PlayerJoined,
)
from xogql.game.identity import PlayerId
from xogql.game.state import (
    Absent,
    Cancelled,
    Finished,
    Game,
    Move,
    Pairing,
    Playing,
    State,
    Waiting,
)
from xogql.game.visibility import Visibility

_ABSENT = Absent()


def initial_state() -> Absent:
    """Return what a game is before its first event."""
    return _ABSENT


def fold(events: Iterable[Event], state: State = _ABSENT) -> State:
    """Return what *events*, in their order, make of *state*."""
    return reduce(evolve, events, state)


def evolve(state: State, event: Event) -> Game:
    """Return what *event* makes of *state*: facts are applied, not judged anew.

    Raises:
        ImpossibleEventError: No game can go this way; the log is broken.
    """
    match state, event:
        case Absent(), GameCreated(creator, rules, mark, rematch_of, visibility):
            return Waiting(rules, creator, mark, rematch_of, visibility)
        case Waiting(creator=creator), PlayerJoined(player) if player != creator:
            return Playing(_paired(state, player), state.board, turn=Mark.X, moves=())
        case Waiting(rules, creator, mark, rematch_of, visibility), GameCancelled():
            return Cancelled(rules, creator, mark, rematch_of, visibility)
        case Playing(), MoveMade(mark, cell) if mark is state.turn and state.board.is_free(cell):
            return _moved(state, event)
        case Playing(), GameEnded():
            return _ended(state, event)
        case _, GameCreated() | PlayerJoined() | GameCancelled() | MoveMade() | GameEnded():
            raise ImpossibleEventError(event, state)
        case _:
            assert_never(event)


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
        case Finished() | Cancelled():
            return _after(command)
        case _:
            assert_never(state)


def _before(command: Command) -> tuple[Event, ...]:
    match command:
        case CreateGame():
            return _create(command)
        case JoinGame() | MakeMove() | Resign() | CancelGame():
            raise GameNotFoundError
        case _:
            assert_never(command)


def _create(command: CreateGame) -> tuple[Event, ...]:
    if not command.rules.are_allowed:
        raise RulesNotAllowedError
    mark = command.mark or command.chance
    created = GameCreated(command.by, command.rules, mark, command.rematch_of, command.visibility)
    if command.opponent is None:
        return (created,)
    if command.opponent == command.by:
        raise OwnGameError
    return created, PlayerJoined(command.opponent)


def _while_waiting(command: Command, game: Waiting) -> tuple[Event, ...]:
    match command:
        case JoinGame(by, invited):
            if by == game.creator:
                raise OwnGameError
            if game.visibility is not Visibility.PUBLIC and not invited:
                raise InviteNeededError
            return (PlayerJoined(by),)
        case CancelGame(by):
            if by != game.creator:
                raise NotCreatorError
            return (GameCancelled(),)
        case MakeMove() | Resign():
            raise GameNotStartedError
        case CreateGame():
            raise GameExistsError
        case _:
            assert_never(command)


def _while_playing(command: Command, game: Playing) -> tuple[Event, ...]:
    match command:
        case MakeMove():
            return _move(command, game)
        case Resign(by):
            mark = game.mark_of(by)
            if mark is None:
                raise NotAPlayerError
            return (GameEnded(Ending.RESIGNATION, mark.other, ()),)
        case JoinGame():
            raise SeatTakenError
        case CancelGame():
            raise GameStartedError
        case CreateGame():
            raise GameExistsError
        case _:
            assert_never(command)


def _after(command: Command) -> tuple[Event, ...]:
    match command:
        case JoinGame() | MakeMove() | Resign() | CancelGame():
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


def _paired(game: Waiting, opponent: PlayerId) -> Pairing:
    x, o = (game.creator, opponent) if game.mark is Mark.X else (opponent, game.creator)
    return Pairing(game.rules, x, o, game.creator, game.rematch_of, game.visibility)


def _moved(game: Playing, event: MoveMade) -> Playing:
    return Playing(
        pairing=game.pairing,
        board=game.board.mark(event.cell, event.mark),
        turn=event.mark.other,
        moves=(*game.moves, Move(event.mark, event.cell)),
    )


def _ended(game: Playing, event: GameEnded) -> Finished:
    return Finished(
        pairing=game.pairing,
        board=game.board,
        moves=game.moves,
        ending=event.ending,
        winner=event.winner,
        lines=event.lines,
    )
