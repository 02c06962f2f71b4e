"""The rules of the door: what a command leads to, and what an event changes."""

from dataclasses import replace
from types import MappingProxyType

from xogql.game import CommandRejectedError
from xogql.player.player_commands import (
    Command,
    Employ,
    IssueIntratoken,
    LogIn,
    LogOut,
    LogOutEverywhere,
    SignUp,
)
from xogql.player.player_events import (
    Event,
    IntratokenIssued,
    LoggedIn,
    LoggedOut,
    LoggedOutEverywhere,
    SignedUp,
)
from xogql.player.player_state import Nobody, Player, Registered


class PlayerNotFoundError(CommandRejectedError):
    """There is no such player."""


class AlreadySignedUpError(CommandRejectedError):
    """The player has signed up already."""


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
        case Nobody(), Employ(username):
            return (SignedUp(username),)
        case Nobody(), _:
            raise PlayerNotFoundError
        case Registered(), _:
            return _decide_for(player, command)


def _decide_for(player: Registered, command: Command) -> tuple[Event, ...]:
    match command:
        case SignUp() | Employ():
            raise AlreadySignedUpError
        case LogIn(session, at, expires_at):
            return (LoggedIn(session, at, expires_at),)
        case LogOut(session) | LogOutEverywhere(session) | IssueIntratoken(session=session):
            if not player.is_in(session):
                raise SessionOverError
            return (_in_session(command),)


def _in_session(command: LogOut | LogOutEverywhere | IssueIntratoken) -> Event:
    match command:
        case LogOut(session):
            return LoggedOut(session)
        case LogOutEverywhere():
            return LoggedOutEverywhere()
        case IssueIntratoken(game, token, session, expires_at):
            return IntratokenIssued(game, token, session, expires_at)


def evolve(player: Player, event: Event) -> Player:
    """Apply a fact; sessions that had expired when another began are forgotten.

    A session lasts as long as any token of it: an intratoken may outlive the access token.

    Raises:
        ValueError: if the event cannot have happened to such a player.
    """
    match player, event:
        case Nobody(), SignedUp(username):
            return Registered(username)
        case Registered(sessions=sessions), LoggedIn(session, at, expires_at):
            live = {each: end for each, end in sessions.items() if end > at}
            return replace(player, sessions=MappingProxyType(live | {session: expires_at}))
        case Registered(sessions=sessions), LoggedOut(session):
            others = {each: end for each, end in sessions.items() if each != session}
            return replace(player, sessions=MappingProxyType(others))
        case Registered(), LoggedOutEverywhere():
            return replace(player, sessions=MappingProxyType({}))
        case Registered(sessions=sessions), IntratokenIssued(session=session, expires_at=end):
            longer = {each: max(end, until) for each, until in sessions.items() if each == session}
            return replace(player, sessions=MappingProxyType({**sessions, **longer}))
        case _:
            raise ValueError(player, event)
