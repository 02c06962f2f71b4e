"""Events: what has happened in a game, plain data that is never changed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from xogql.game.board import Cell, Line, Mark
from xogql.game.identity import GameId, PlayerId
from xogql.game.rules import Rules
from xogql.game.visibility import Visibility


class Ending(StrEnum):
    """How a game came to its end."""

    LINE = "LINE"
    BOARD_FULL = "BOARD_FULL"
    RESIGNATION = "RESIGNATION"


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
class PlayerJoined:
    """Another player took the free seat: the game began, X to move."""

    player: PlayerId


@dataclass(frozen=True, slots=True)
class MoveMade:
    """A mark was written in a cell."""

    mark: Mark
    cell: Cell


@dataclass(frozen=True, slots=True)
class GameEnded:
    """The game came to its end: *winner* is None in a draw, *lines* are those that won it."""

    ending: Ending
    winner: Mark | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class GameCancelled:
    """The creator took the game back before anybody joined."""


Event: TypeAlias = GameCreated | PlayerJoined | MoveMade | GameEnded | GameCancelled
