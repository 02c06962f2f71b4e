"""Refusals as data: what a command may not do, and what heals a client that did not know."""

from enum import StrEnum

import strawberry

from xogql.api.descriptions import enum_of
from xogql.api.game_type import Game


class RejectionCode(StrEnum):
    """Why a command was refused."""

    ALREADY_A_MEMBER = "ALREADY_A_MEMBER"
    CELL_TAKEN = "CELL_TAKEN"
    COMMAND_ID_REUSED = "COMMAND_ID_REUSED"
    GAME_MOVED_ON = "GAME_MOVED_ON"
    GAME_NOT_FOUND = "GAME_NOT_FOUND"
    GAME_NOT_OVER = "GAME_NOT_OVER"
    GAME_NOT_STARTED = "GAME_NOT_STARTED"
    GAME_OVER = "GAME_OVER"
    GAME_STARTED = "GAME_STARTED"
    NOTHING_TO_TAKE_BACK = "NOTHING_TO_TAKE_BACK"
    LEVEL_NOT_AVAILABLE = "LEVEL_NOT_AVAILABLE"
    INVITE_NEEDED = "INVITE_NEEDED"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_A_PLAYER = "NOT_A_PLAYER"
    NOT_YOUR_TURN = "NOT_YOUR_TURN"
    NO_OFFER = "NO_OFFER"
    OFFER_MADE_ALREADY = "OFFER_MADE_ALREADY"
    OUTSIDE_BOARD = "OUTSIDE_BOARD"
    OWN_GAME = "OWN_GAME"
    POSITION_OVER = "POSITION_OVER"
    PASSWORD_NOT_ALLOWED = "PASSWORD_NOT_ALLOWED"  # noqa: S105 - a code
    RULES_NOT_ALLOWED = "RULES_NOT_ALLOWED"
    SEAT_TAKEN = "SEAT_TAKEN"
    TOO_LATE_TO_ABORT = "TOO_LATE_TO_ABORT"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    USERNAME_NOT_ALLOWED = "USERNAME_NOT_ALLOWED"
    USERNAME_TAKEN = "USERNAME_TAKEN"
    VERSION_NOT_FOUND = "VERSION_NOT_FOUND"
    WRONG_CREDENTIALS = "WRONG_CREDENTIALS"


enum_of(
    RejectionCode,
    "Why a command was refused.",
    values={
        "ALREADY_A_MEMBER": "You have an account already.",
        "CELL_TAKEN": "A mark stands in that cell.",
        "COMMAND_ID_REUSED": "That commandId was used for another command.",
        "GAME_MOVED_ON": "The game is not at the expectedVersion any more.",
        "GAME_NOT_FOUND": "There is no game with that id.",
        "GAME_NOT_OVER": "Rematches, and games from its positions, come after its end.",
        "GAME_NOT_STARTED": "It still waits for an opponent.",
        "GAME_OVER": "It has ended, or was cancelled.",
        "GAME_STARTED": "It is played already: it can be resigned, not cancelled.",
        "NOTHING_TO_TAKE_BACK": "You have made no move yet.",
        "LEVEL_NOT_AVAILABLE": "The house does not play by these rules at that level.",
        "INVITE_NEEDED": "It is joined with an invite: its creator has it.",
        "NOT_A_MEMBER": "Guests cannot do this: claim an account first.",
        "NOT_A_PLAYER": "You have no seat in that game.",
        "NOT_YOUR_TURN": "It is your opponent's turn.",
        "NO_OFFER": "There is no such offer, or no longer: a move, too, answers an offer.",
        "OFFER_MADE_ALREADY": "You have offered that already, or a rematch is agreed on.",
        "OUTSIDE_BOARD": "The board has no such cell.",
        "OWN_GAME": "It is your own game: somebody else must join it.",
        "POSITION_OVER": "Nobody can move in that position: it is the end of a game.",
        "PASSWORD_NOT_ALLOWED": "A password has 8 to 256 characters.",
        "RULES_NOT_ALLOWED": "The board is too small or too large, no line of that length fits, or "
        "they are not those of the position's game.",
        "SEAT_TAKEN": "Somebody else joined it before you.",
        "TOO_LATE_TO_ABORT": "Both players have moved: the game can be resigned.",
        "TOO_MANY_ATTEMPTS": "Wait for retryAfter seconds.",
        "USERNAME_NOT_ALLOWED": "A username has 3 to 24 letters, digits, `_` and `-`.",
        "USERNAME_TAKEN": "Somebody has that username, in whatever case of letters.",
        "VERSION_NOT_FOUND": "The game has no such version.",
        "WRONG_CREDENTIALS": "The username or the password is wrong.",
    },
)


@strawberry.interface
class Rejection:
    """A command was refused, and nothing has happened."""

    code: RejectionCode = strawberry.field(description="Why, for programs.")
    message: str = strawberry.field(description="Why, for people.")


@strawberry.type
class GameRejection(Rejection):
    """The rules refuse a command in a game's present state."""

    game: Game = strawberry.field(description="The game at its present version.")


@strawberry.type
class GameNotFoundRejection(Rejection):
    """The command is for a game that does not exist, as far as the viewer may know."""

    game_id: strawberry.ID = strawberry.field(description="The id that was sent.")


@strawberry.type
class InputRejection(Rejection):
    """A field of the input may not have that value."""

    field: str = strawberry.field(description="The field of the input.")


@strawberry.type
class AccountRejection(Rejection):
    """A sign-up, a login or another command about an account is refused."""

    retry_after: int | None = strawberry.field(
        description="Seconds to wait before another attempt, where waiting helps."
    )
    suggestions: list[str] = strawberry.field(
        description="Usernames like one that is taken, which nobody had a moment ago."
    )
