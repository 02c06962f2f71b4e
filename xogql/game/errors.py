"""What can go wrong in a game.

CommandRejectedError            the rules do not allow the command now: an answer, not a failure
├── GameNotFoundError           there is no such game
├── GameExistsError             creating it again
├── RulesNotAllowedError        creating it too small, too large, or without a line to make
├── PositionOverError           creating a game from a position that nobody can move in
├── OwnGameError                joining one's own game
├── InviteNeededError           joining without an invite a game that is not open to all
├── SeatTakenError              joining a game that is being played
├── NotCreatorError             cancelling another's game
├── GameStartedError            cancelling a game that is being played
├── GameNotStartedError         moving, resigning, aborting or offering while it waits
├── GameOverError               anything after the end but a rematch
├── GameNotOverError            a rematch, or a game from one of its positions, before the end
├── TooLateToAbortError         aborting when both have moved
├── NoOfferError                withdrawing, accepting or declining what is not offered
├── OfferMadeAlreadyError       offering again what is offered, or a rematch that is agreed
├── NothingToTakeBackError      asking for a takeback before one's first move
├── GameMovedOnError            the caller expected an earlier version
├── NotAPlayerError             moving, resigning, aborting or offering without a seat
├── NotYourTurnError            moving on the opponent's turn
├── OutsideBoardError           moving outside the board
└── CellTakenError              moving where a mark stands
ValueError
├── ImpossibleEventError        an event that cannot follow those before it: a broken log
└── NotationError               a text that draws no board
"""

import re
from typing import ClassVar

from xogql.game.events import Event
from xogql.game.state import State


class CommandRejectedError(Exception):
    """The rules do not allow this now."""

    code: ClassVar[str]
    message: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Take the code from the class's name and the message from its docstring."""
        words = re.findall(r"[A-Z][a-z]*", cls.__name__.removesuffix("Error"))
        cls.code = "_".join(words).upper()
        cls.message = cls.__doc__ or cls.code

    def __str__(self) -> str:
        return self.message


class GameNotFoundError(CommandRejectedError):
    """There is no such game."""


class GameExistsError(CommandRejectedError):
    """This game has been created already."""


class RulesNotAllowedError(CommandRejectedError):
    """A board has 3 to 19 rows and columns, and a line is 3 cells up to its longer side."""


class PositionOverError(CommandRejectedError):
    """This position is the end of a game: nobody can move in it."""


class OwnGameError(CommandRejectedError):
    """This is your own game: somebody else must join it."""


class InviteNeededError(CommandRejectedError):
    """This game is joined with an invite of its creator's."""


class SeatTakenError(CommandRejectedError):
    """Both seats of this game are taken."""


class NotCreatorError(CommandRejectedError):
    """Only the player who created this game can cancel it."""


class GameStartedError(CommandRejectedError):
    """This game has started: it can be resigned, not cancelled."""


class GameNotStartedError(CommandRejectedError):
    """This game has not started: it waits for an opponent."""


class GameOverError(CommandRejectedError):
    """This game is over."""


class GameNotOverError(CommandRejectedError):
    """This game is not over."""


class TooLateToAbortError(CommandRejectedError):
    """Both players have moved: this game can be resigned, not aborted."""


class NoOfferError(CommandRejectedError):
    """There is no such offer any more."""


class OfferMadeAlreadyError(CommandRejectedError):
    """This has been offered already."""


class NothingToTakeBackError(CommandRejectedError):
    """You have made no move that could be taken back."""


class GameMovedOnError(CommandRejectedError):
    """This game has moved on since you last looked."""


class NotAPlayerError(CommandRejectedError):
    """You are not a player of this game."""


class NotYourTurnError(CommandRejectedError):
    """It is your opponent's turn."""


class OutsideBoardError(CommandRejectedError):
    """This cell is outside the board."""


class CellTakenError(CommandRejectedError):
    """This cell is taken."""


class ImpossibleEventError(ValueError):
    """An event cannot happen to the state it was applied to: the log is broken."""

    def __init__(self, event: Event, state: State) -> None:
        super().__init__(f"{event} cannot happen to {state}")


class NotationError(ValueError):
    """A text draws no board: rows of X, O and dots, all of one length, are wanted."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not rows of X, O and dots, all of one length: {text!r}")
