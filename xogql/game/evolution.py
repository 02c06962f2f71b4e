"""Evolution: what an event makes of a game, and many of them one after another."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import assert_never

from xogql.game.board import Mark, Move
from xogql.game.errors import ImpossibleEventError
from xogql.game.events import (
    Event,
    GameCancelled,
    GameCreated,
    GameEnded,
    MoveMade,
    MovesTakenBack,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
    PlayerJoined,
    PositionSetUp,
    RematchAgreed,
    Settlement,
)
from xogql.game.identity import PlayerId
from xogql.game.offers import Offer, OfferKind
from xogql.game.state import (
    Absent,
    Cancelled,
    Finished,
    Game,
    Pairing,
    Playing,
    State,
    Waiting,
)

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
        case Playing(), MoveMade(mark, cell) if mark is state.turn and state.board.is_free(cell):
            return _moved(state, event)
        case Absent(), GameCreated(creator, rules, mark, rematch_of, visibility):
            return Waiting(rules, creator, mark, rematch_of, visibility)
        case Waiting(), PositionSetUp() | PlayerJoined() | GameCancelled():
            return _prepared(state, event)
        case Playing(), GameEnded():
            return _ended(state, event)
        case Playing() | Finished(), (
            OfferMade() | OfferWithdrawn() | OfferDeclined() | MovesTakenBack() | RematchAgreed()
        ):
            return _settled(state, event)
        case _, (
            (GameCreated() | PositionSetUp() | PlayerJoined() | GameCancelled())
            | (MoveMade() | GameEnded())
            | (OfferMade() | OfferWithdrawn() | OfferDeclined())
            | (MovesTakenBack() | RematchAgreed())
        ):
            raise ImpossibleEventError(event, state)
        case _:
            assert_never(event)


def _prepared(game: Waiting, event: PositionSetUp | PlayerJoined | GameCancelled) -> Game:
    match event:
        case PositionSetUp(opening) if game.opening is None and opening.fits(game.rules):
            return replace(game, opening=opening)
        case PlayerJoined(player) if player != game.creator:
            return _joined(game, player)
        case GameCancelled():
            return Cancelled(
                game.rules,
                game.creator,
                game.mark,
                game.rematch_of,
                game.visibility,
                game.opening,
            )
        case _:
            raise ImpossibleEventError(event, game)


def _joined(game: Waiting, opponent: PlayerId) -> Playing:
    x, o = (game.creator, opponent) if game.mark is Mark.X else (opponent, game.creator)
    opening = game.opening
    turn = Mark.X if opening is None else opening.turn
    pairing = Pairing(game.rules, x, o, game.creator, game.rematch_of, game.visibility, opening)
    return Playing(pairing, game.board, game.moves, turn)


def _moved(game: Playing, event: MoveMade) -> Playing:
    """A move answers what was offered before it: no offer outlives it."""
    return Playing(
        pairing=game.pairing,
        board=game.board.mark(event.cell, event.mark),
        moves=(*game.moves, Move(event.mark, event.cell)),
        turn=event.mark.other,
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


def _settled(game: Playing | Finished, event: Settlement) -> Game:
    match game, event:
        case _, OfferMade(kind, mark) if _may_be_offered(kind, game):
            return replace(game, offers=(*game.offers, Offer(kind, mark)))
        case _, OfferWithdrawn(kind, mark) | OfferDeclined(kind, mark) if (
            answered := Offer(kind, mark)
        ) in game.offers:
            return replace(game, offers=tuple(each for each in game.offers if each != answered))
        case Playing(), MovesTakenBack(count) if 0 < count <= len(game.own_moves):
            return _taken_back(game, count)
        case Finished(), RematchAgreed(rematch) if game.offers:
            return replace(game, offers=(), rematch=rematch)
        case _:
            raise ImpossibleEventError(event, game)


def _may_be_offered(kind: OfferKind, game: Playing | Finished) -> bool:
    is_of_phase = (kind is OfferKind.REMATCH) is isinstance(game, Finished)
    is_offered = any(each.kind is kind for each in game.offers)
    return is_of_phase and not is_offered and game.rematch is None


def _taken_back(game: Playing, count: int) -> Playing:
    board, gone = game.board, game.moves[-count:]
    for move in gone:
        board = board.erase(move.cell)
    return Playing(game.pairing, board, game.moves[:-count], turn=gone[0].mark)
