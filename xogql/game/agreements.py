"""What two players agree on: who offers what, and what comes of a yes."""

from typing import assert_never

from xogql.game.board import Mark
from xogql.game.commands import (
    AcceptOffer,
    CreateGame,
    DeclineOffer,
    MakeOffer,
    OfferCommand,
    WithdrawOffer,
)
from xogql.game.errors import (
    GameNotOverError,
    GameOverError,
    NoOfferError,
    NotAPlayerError,
    NothingToTakeBackError,
    OfferMadeAlreadyError,
)
from xogql.game.events import (
    Ending,
    Event,
    GameEnded,
    MovesTakenBack,
    OfferDeclined,
    OfferMade,
    OfferWithdrawn,
    RematchAgreed,
)
from xogql.game.identity import GameId
from xogql.game.offers import Offer, OfferKind
from xogql.game.state import Finished, Playing


def settle(command: OfferCommand, game: Playing | Finished) -> tuple[Event, ...]:
    """Return what comes of an offer that is made, withdrawn, accepted or declined.

    Raises:
        CommandRejectedError: The rules do not allow it; its class says why.
    """
    mark, kind = game.mark_of(command.by), command.kind
    if mark is None:
        raise NotAPlayerError
    _check_phase(kind, game)
    match command:
        case MakeOffer(rematch=rematch):
            return _offer(kind, mark, game, rematch)
        case WithdrawOffer():
            _check_offered(kind, mark, game)
            return (OfferWithdrawn(kind, mark),)
        case AcceptOffer(rematch=rematch):
            _check_offered(kind, mark.other, game)
            return (_agreed(kind, mark.other, game, rematch),)
        case DeclineOffer():
            _check_offered(kind, mark.other, game)
            return (OfferDeclined(kind, mark.other),)
        case _:
            assert_never(command)


def return_match(game_id: GameId, game: Finished) -> CreateGame:
    """Return what begins the rematch of a game: the same two, the marks changed.

    The rules are the same, and so is the opening: both will have had either side of it.
    """
    creator = game.creator
    theirs = Mark.X if game.x == creator else Mark.O
    opponent = game.seats[theirs.other]
    mark = theirs.other
    return CreateGame(
        creator,
        game.rules,
        mark,
        chance=mark,
        opponent=opponent,
        rematch_of=game_id,
        visibility=game.visibility,
        opening=game.opening,
    )


def _check_phase(kind: OfferKind, game: Playing | Finished) -> None:
    if isinstance(game, Playing) and kind is OfferKind.REMATCH:
        raise GameNotOverError
    if isinstance(game, Finished) and kind is not OfferKind.REMATCH:
        raise GameOverError


def _check_offered(kind: OfferKind, mark: Mark, game: Playing | Finished) -> None:
    if Offer(kind, mark) not in game.offers:
        raise NoOfferError


def _offer(
    kind: OfferKind, mark: Mark, game: Playing | Finished, rematch: GameId
) -> tuple[Event, ...]:
    """Who offers what the other has offered already says yes."""
    if Offer(kind, mark.other) in game.offers:
        return (_agreed(kind, mark.other, game, rematch),)
    if Offer(kind, mark) in game.offers or game.rematch is not None:
        raise OfferMadeAlreadyError
    if kind is OfferKind.TAKEBACK and not _moves_back(mark, game):
        raise NothingToTakeBackError
    return (OfferMade(kind, mark),)


def _agreed(kind: OfferKind, offerer: Mark, game: Playing | Finished, rematch: GameId) -> Event:
    match kind:
        case OfferKind.DRAW:
            return GameEnded(Ending.AGREEMENT, None, ())
        case OfferKind.TAKEBACK:
            return MovesTakenBack(_moves_back(offerer, game))
        case OfferKind.REMATCH:
            return RematchAgreed(rematch)
        case _:
            assert_never(kind)


def _moves_back(mark: Mark, game: Playing | Finished) -> int:
    """Count the moves that go until *mark* moves again where it moved last; 0 if it never did.

    The moves of the opening stay.
    """
    marks = [move.mark for move in game.own_moves[-2:]]
    return len(marks) - marks.index(mark) if mark in marks else 0
