"""Commands: what a player wishes, refused or turned into events by the decider."""

from dataclasses import dataclass, field
from typing import TypeAlias

from xogql.game.board import Cell, Mark
from xogql.game.identity import GameId, PlayerId
from xogql.game.offers import OfferKind
from xogql.game.opening import Opening
from xogql.game.rules import Rules
from xogql.game.visibility import Visibility


@dataclass(frozen=True, slots=True)
class CreateGame:
    """Open a game and take the seat of *mark*; None leaves it to *chance*, rolled by the caller.

    Two wishes are equal whatever chance gave to each. *opponent*: who takes the other seat at once.
    *rematch_of*: the game that the two have played before. *opening*: the position that it begins
    from, of a game by the same rules.
    """

    by: PlayerId
    rules: Rules
    mark: Mark | None
    chance: Mark = field(compare=False)
    opponent: PlayerId | None = None
    rematch_of: GameId | None = None
    visibility: Visibility = Visibility.PUBLIC
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class JoinGame:
    """Take the free seat, which starts the game; *invited*: whether with an invite to it."""

    by: PlayerId
    invited: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class MakeMove:
    """Write one's mark in a cell."""

    by: PlayerId
    cell: Cell


@dataclass(frozen=True, slots=True)
class Resign:
    """Give the game to the opponent, on whoever's turn."""

    by: PlayerId


@dataclass(frozen=True, slots=True)
class CancelGame:
    """Take back a game that nobody has joined."""

    by: PlayerId


@dataclass(frozen=True, slots=True)
class AbortGame:
    """End a game in which not both have moved yet, for nobody."""

    by: PlayerId


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Offer the opponent a draw, a takeback or a rematch, or accept what they have offered.

    *rematch*: the game that a rematch would be, named by the caller; it is no part of the wish.
    """

    by: PlayerId
    kind: OfferKind
    rematch: GameId = field(compare=False)


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """Take one's own offer back."""

    by: PlayerId
    kind: OfferKind


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Say yes to the opponent's offer. *rematch*: see MakeOffer."""

    by: PlayerId
    kind: OfferKind
    rematch: GameId = field(compare=False)


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """Say no to the opponent's offer."""

    by: PlayerId
    kind: OfferKind


OfferCommand: TypeAlias = MakeOffer | WithdrawOffer | AcceptOffer | DeclineOffer
Command: TypeAlias = (
    CreateGame | JoinGame | MakeMove | Resign | CancelGame | AbortGame | OfferCommand
)
