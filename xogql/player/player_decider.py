"""The rules of the door: what a command leads to, and what an event changes."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from xogql.game import CommandRejectedError
from xogql.player.player_commands import (
    ChangeUsername,
    ClaimAccount,
    Command,
    Employ,
    InSession,
    IssueIntratoken,
    LetGuestGo,
    LogIn,
    LogOut,
    LogOutEverywhere,
    PlayAsGuest,
    RenewSession,
    SignUp,
)
from xogql.player.player_events import (
    AccountClaimed,
    Employed,
    Event,
    GuestCame,
    GuestLeft,
    IntratokenIssued,
    LoggedIn,
    LoggedOut,
    LoggedOutEverywhere,
    SessionRenewed,
    SignedUp,
    UsernameChanged,
)
from xogql.player.player_state import Departed, Kind, Nobody, Player, Registered


class PlayerNotFoundError(CommandRejectedError):
    """There is no such player."""


class AlreadySignedUpError(CommandRejectedError):
    """The player has signed up already."""


class AlreadyAMemberError(CommandRejectedError):
    """You are a member already: your name can be changed."""


class NotAMemberError(CommandRejectedError):
    """Only members can do this: claim your account first."""


class GuestStillHereError(CommandRejectedError):
    """This player is no guest, or has a session that has not expired."""


class SessionOverError(CommandRejectedError):
    """The session is over: log in again."""


def initial_state() -> Player:
    """Give the state before the first event."""
    return Nobody()


def decide(command: Command, player: Player) -> tuple[Event, ...]:
    """Tell which events *command* leads to.

    Raises:
        CommandRejectedError: if it may not be.
    """
    match player, command:
        case Nobody(), SignUp(username, session, at, expires_at):
            return SignedUp(username), LoggedIn(session, at, expires_at)
        case Nobody(), PlayAsGuest(username, session, at, expires_at):
            return GuestCame(username), LoggedIn(session, at, expires_at)
        case Nobody(), Employ(username):
            return (Employed(username),)
        case ((Nobody() | Departed()), _):
            raise PlayerNotFoundError
        case Registered(), _:
            return (_decide_for(player, command),)


def _decide_for(player: Registered, command: Command) -> Event:
    match command:
        case SignUp() | PlayAsGuest() | Employ():
            raise AlreadySignedUpError
        case LogIn(session, at, expires_at):
            return LoggedIn(session, at, expires_at)
        case LetGuestGo(at):
            if player.kind is not Kind.GUEST or any(at < end for end in player.sessions.values()):
                raise GuestStillHereError
            return GuestLeft()
        case _:
            if not player.is_in(command.session):
                raise SessionOverError
            return _in_session(command, player.kind)


def _in_session(command: InSession, kind: Kind) -> Event:
    match command:
        case ClaimAccount() | ChangeUsername():
            return _renamed(command, kind)
        case RenewSession(session, at, expires_at):
            return SessionRenewed(session, at, expires_at)
        case LogOut(session):
            return LoggedOut(session)
        case LogOutEverywhere():
            return LoggedOutEverywhere()
        case IssueIntratoken(game, token, session, expires_at):
            return IntratokenIssued(game, token, session, expires_at)


def _renamed(command: ClaimAccount | ChangeUsername, kind: Kind) -> Event:
    match command, kind:
        case ClaimAccount(username), Kind.GUEST:
            return AccountClaimed(username)
        case ClaimAccount(), _:
            raise AlreadyAMemberError
        case ChangeUsername(username), Kind.MEMBER:
            return UsernameChanged(username)
        case ChangeUsername(), _:
            raise NotAMemberError


_KINDS: Mapping[type[Event], Kind] = {
    SignedUp: Kind.MEMBER,
    GuestCame: Kind.GUEST,
    Employed: Kind.HOUSE,
}


def evolve(player: Player, event: Event) -> Player:
    """Apply a fact.

    Raises:
        ValueError: if the event cannot have happened to such a player.
    """
    match player, event:
        case Nobody(), SignedUp() | GuestCame() | Employed():
            return Registered(event.username, _KINDS[type(event)])
        case Registered(kind=Kind.GUEST), GuestLeft():
            return Departed()
        case Registered(kind=Kind.GUEST), AccountClaimed(username):
            return replace(player, username=username, kind=Kind.MEMBER)
        case Registered(kind=Kind.MEMBER), UsernameChanged(username):
            return replace(player, username=username)
        case Registered(sessions=sessions), _:
            return replace(player, sessions=MappingProxyType(_after(sessions, event)))
        case _:
            raise ValueError(player, event)


def _after(sessions: Mapping[UUID, int], event: Event) -> dict[UUID, int]:
    """Tell which sessions there are; those that had expired when another began are forgotten.

    A session lasts as long as any token of it: an intratoken may outlive the access token.

    Raises:
        ValueError: if the event does not happen to sessions.
    """
    match event:
        case LoggedIn(session, at, expires_at):
            return {each: end for each, end in sessions.items() if end > at} | {session: expires_at}
        case LoggedOut(session):
            return {each: end for each, end in sessions.items() if each != session}
        case LoggedOutEverywhere():
            return {}
        case (
            SessionRenewed(session=session, expires_at=end)
            | IntratokenIssued(session=session, expires_at=end)
        ):
            longer = {each: max(end, until) for each, until in sessions.items() if each == session}
            return {**sessions, **longer}
        case _:
            raise ValueError(event)
