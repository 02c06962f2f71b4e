"""What has happened to a player: facts, never changed."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from xogql.game import GameId


@dataclass(frozen=True, slots=True)
class SignedUp:
    """The player took a username."""

    username: str


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A session began; *at* and *expires_at* are seconds since 1970, by the caller's clock."""

    session: UUID
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """A session was ended by its player, with every intratoken that was issued in it."""

    session: UUID


@dataclass(frozen=True, slots=True)
class LoggedOutEverywhere:
    """All of the player's sessions were ended."""


@dataclass(frozen=True, slots=True)
class IntratokenIssued:
    """A token good for one game was issued in a session; *expires_at* is in seconds since 1970."""

    game: GameId
    token: UUID
    session: UUID
    expires_at: int


Event: TypeAlias = SignedUp | LoggedIn | LoggedOut | LoggedOutEverywhere | IntratokenIssued
