"""Events: what has happened in a game, plain data that is never changed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from xogql.game.board import Cell, Line, Mark
from xogql.game.identity import GameId, PlayerId
from xogql.game.offers import OfferKind
from xogql.game.opening import Opening
from xogql.game.rules import Rules
from xogql.game.visibility import Visibility


class Ending(StrEnum):
    """How a game came to its end."""

    LINE = "LINE"
    BOARD_FULL = "BOARD_FULL"
    RESIGNATION = "RESIGNATION"
    AGREEMENT = "AGREEMENT"
    ABORTED = "ABORTED"


@dataclass(frozen=True, slots=True)
class GameCreated:
    """A player opened a game and took the seat of *mark*.

    *rematch_of*: the game of the same two that it follows on.
    """

    creator: PlayerId
    rules: Rules
    mark: Mark
    rematch_of: GameId | None = None
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class PositionSetUp:
    """The board was set up as that of another game: the moves that led there are this game's, too.

    It comes after `GameCreated`, by the same command.
    """

    opening: Opening


@dataclass(frozen=True, slots=True)
class PlayerJoined:
    """Another player took the free seat: the game began, X to move unless its opening says O."""

    player: PlayerId


@dataclass(frozen=True, slots=True)
class MoveMade:
    """A mark was written in a cell."""

    mark: Mark
    cell: Cell


@dataclass(frozen=True, slots=True)
class GameEnded:
    """The game came to its end: *winner* is None if nobody won, *lines* are those that won it."""

    ending: Ending
    winner: Mark | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class GameCancelled:
    """The creator took the game back before anybody joined."""


@dataclass(frozen=True, slots=True)
class OfferMade:
    """A player offered something to the other."""

    kind: OfferKind
    mark: Mark


@dataclass(frozen=True, slots=True)
class OfferWithdrawn:
    """Who made an offer took it back."""

    kind: OfferKind
    mark: Mark


@dataclass(frozen=True, slots=True)
class OfferDeclined:
    """Whom *mark* made an offer said no."""

    kind: OfferKind
    mark: Mark


@dataclass(frozen=True, slots=True)
class MovesTakenBack:
    """The last moves, *count* of them, were taken back with the opponent's leave."""

    count: int


@dataclass(frozen=True, slots=True)
class RematchAgreed:
    """Both players want another game: it is *game*, or will be."""

    game: GameId


Settlement: TypeAlias = OfferMade | OfferWithdrawn | OfferDeclined | MovesTakenBack | RematchAgreed
Event: TypeAlias = (
    GameCreated | PositionSetUp | PlayerJoined | MoveMade | GameEnded | GameCancelled | Settlement
)
