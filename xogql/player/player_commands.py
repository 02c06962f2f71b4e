"""What a player may wish for at the door; time and ids are made by the caller."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from xogql.game import GameId


@dataclass(frozen=True, slots=True)
class SignUp:
    """Take a username and begin a first session."""

    username: str
    session: UUID
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class PlayAsGuest:
    """Play without signing up, under a made-up name."""

    username: str
    session: UUID
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Employ:
    """Have a player of the house: a username, and never a session."""

    username: str


@dataclass(frozen=True, slots=True)
class ClaimAccount:
    """Become a member: a guest takes a username."""

    username: str
    session: UUID


@dataclass(frozen=True, slots=True)
class ChangeUsername:
    """Take another username."""

    username: str
    session: UUID


@dataclass(frozen=True, slots=True)
class LetGuestGo:
    """Take a guest off whose sessions had all expired *at* that moment."""

    at: int


@dataclass(frozen=True, slots=True)
class LogIn:
    """Begin a session."""

    session: UUID
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class RenewSession:
    """Have a session last longer."""

    session: UUID
    at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class LogOut:
    """End a session."""

    session: UUID


@dataclass(frozen=True, slots=True)
class LogOutEverywhere:
    """End all sessions."""

    session: UUID


@dataclass(frozen=True, slots=True)
class IssueIntratoken:
    """Have a token for one game, in a session."""

    game: GameId
    token: UUID
    session: UUID
    expires_at: int


InSession: TypeAlias = (
    ClaimAccount | ChangeUsername | RenewSession | LogOut | LogOutEverywhere | IssueIntratoken
)
"""What needs a session that is not over."""

Command: TypeAlias = SignUp | PlayAsGuest | Employ | LogIn | LetGuestGo | InSession
