"""What must come of offers: the rules of them, written a second time, over the events alone."""

from collections.abc import Sequence
from typing import TypeAlias

from xogql import game
from xogql.game import (
    AcceptOffer,
    DeclineOffer,
    Ending,
    GameEnded,
    MakeOffer,
    Mark,
    MoveMade,
    MovesTakenBack,
    OfferCommand,
    OfferDeclined,
    OfferKind,
    OfferMade,
    OfferWithdrawn,
    RematchAgreed,
    WithdrawOffer,
)

Refusal: TypeAlias = type[game.CommandRejectedError]
Standing: TypeAlias = list[tuple[OfferKind, Mark]]


def moves_in(events: Sequence[game.Event]) -> Sequence[MoveMade]:
    """Give the moves that stand."""
    moves: list[MoveMade] = []
    for each in events:
        if isinstance(each, MoveMade):
            moves.append(each)
        elif isinstance(each, MovesTakenBack):
            del moves[len(moves) - each.count :]
    return moves


def offers_in(events: Sequence[game.Event]) -> Standing:
    """Give the offers that have no answer."""
    standing: Standing = []
    for each in events:
        if isinstance(each, OfferMade):
            standing.append((each.kind, each.mark))
        elif isinstance(each, OfferWithdrawn | OfferDeclined):
            standing.remove((each.kind, each.mark))
        else:
            standing.clear()
    return standing


def settled(
    command: OfferCommand, mine: Mark, events: Sequence[game.Event]
) -> Sequence[game.Event] | Refusal:
    """Tell what must come of an offer in a game that has begun."""
    kind, is_over = command.kind, any(isinstance(each, GameEnded) for each in events)
    if kind is OfferKind.REMATCH and not is_over:
        return game.GameNotOverError
    if kind is not OfferKind.REMATCH and is_over:
        return game.GameOverError
    standing = offers_in(events)
    own, theirs = (kind, mine) in standing, (kind, mine.other) in standing
    if theirs and isinstance(command, AcceptOffer | MakeOffer):
        return [_accepted(command, mine, moves_in(events))]
    if theirs and isinstance(command, DeclineOffer):
        return [OfferDeclined(kind, mine.other)]
    if own and isinstance(command, WithdrawOffer):
        return [OfferWithdrawn(kind, mine)]
    return _made(kind, mine, events, own=own) if isinstance(command, MakeOffer) else _NONE


_NONE = game.NoOfferError


def _made(
    kind: OfferKind, mine: Mark, events: Sequence[game.Event], *, own: bool
) -> Sequence[game.Event] | Refusal:
    if own or isinstance(events[-1], RematchAgreed):
        return game.OfferMadeAlreadyError
    if kind is OfferKind.TAKEBACK and mine not in [each.mark for each in moves_in(events)]:
        return game.NothingToTakeBackError
    return [OfferMade(kind, mine)]


def _accepted(
    command: AcceptOffer | MakeOffer, mine: Mark, moves: Sequence[MoveMade]
) -> game.Event:
    if command.kind is OfferKind.DRAW:
        return GameEnded(Ending.AGREEMENT, None, ())
    if command.kind is OfferKind.TAKEBACK:
        return MovesTakenBack(2 if moves[-1].mark is mine else 1)
    return RematchAgreed(command.rematch)
