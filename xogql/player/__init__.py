"""A player's own stream: signed up, logged in and out, given intratokens. Pure, as the game is."""

from xogql.player.player_commands import (
    Command,
    Employ,
    IssueIntratoken,
    LogIn,
    LogOut,
    LogOutEverywhere,
    SignUp,
)
from xogql.player.player_decider import (
    PlayerNotFoundError,
    SessionOverError,
    decide,
    evolve,
    initial_state,
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

__all__ = [
    "Command",
    "Employ",
    "Event",
    "IntratokenIssued",
    "IssueIntratoken",
    "LogIn",
    "LogOut",
    "LogOutEverywhere",
    "LoggedIn",
    "LoggedOut",
    "LoggedOutEverywhere",
    "Nobody",
    "Player",
    "PlayerNotFoundError",
    "Registered",
    "SessionOverError",
    "SignUp",
    "SignedUp",
    "decide",
    "evolve",
    "initial_state",
]
