"""Offers: what one player asks of the other, until it is answered."""

from dataclasses import dataclass
from enum import StrEnum

from xogql.game.board import Mark


class OfferKind(StrEnum):
    """What is offered."""

    DRAW = "DRAW"
    TAKEBACK = "TAKEBACK"
    REMATCH = "REMATCH"


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer without an answer: *mark* made it."""

    kind: OfferKind
    mark: Mark
