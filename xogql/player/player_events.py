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
class GuestCame:
    """A guest was given a made-up name."""

    username: str


@dataclass(frozen=True, slots=True)
class Employed:
    """The house has this player: a username, and never a session."""

    username: str


@dataclass(frozen=True, slots=True)
class AccountClaimed:
    """A guest took a username and became a member."""

    username: str


@dataclass(frozen=True, slots=True)
class UsernameChanged:
    """A member took another username; the one before is free again."""

    username: str


@dataclass(frozen=True, slots=True)
class GuestLeft:
    """A guest who had no game was gone for long: the name is free again."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A session began; *at* and *expires_at* are seconds since 1970, by the caller's clock."""

    session: UUID
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class SessionRenewed:
    """A session lasts longer; *at* and *expires_at* as in LoggedIn."""

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


Event: TypeAlias = (
    SignedUp
    | GuestCame
    | Employed
    | AccountClaimed
    | UsernameChanged
    | GuestLeft
    | LoggedIn
    | SessionRenewed
    | LoggedOut
    | LoggedOutEverywhere
    | IntratokenIssued
)
