"""What mutations take: one input a mutation."""

from enum import StrEnum
from uuid import UUID

import strawberry

from xogql import game
from xogql.api.descriptions import enum_of
from xogql.game.bots import Level

WISH = "What the command says."

COMMAND_ID = (
    "Made by the client: a repeat of the command with the same id gets the first answer and "
    "changes nothing."
)
GAME_ID = "The game's id."
EXPECTED_VERSION = "Refuse if the game is not at this version any more."


class MarkChoice(StrEnum):
    """The mark a creator chooses."""

    X = "X"
    O = "O"  # noqa: E741 - the mark is named so
    RANDOM = "RANDOM"

    @property
    def mark(self) -> game.Mark | None:
        """The mark, or None where chance decides."""
        return None if self is MarkChoice.RANDOM else game.Mark(self.value)


enum_of(
    MarkChoice,
    "The mark that the creator of a game chooses.",
    values={"X": "To move first.", "O": "To move second.", "RANDOM": "Whichever chance gives."},
)


class Preset(StrEnum):
    """Rules with a name."""

    TIC_TAC_TOE = "TIC_TAC_TOE"
    FOUR_IN_A_ROW = "FOUR_IN_A_ROW"
    GOMOKU = "GOMOKU"

    @property
    def rules(self) -> game.Rules:
        """The rules of that name."""
        return game.PRESETS[self.value]


enum_of(
    Preset,
    "Rules with a name.",
    values={
        "TIC_TAC_TOE": "3 rows, 3 columns, 3 in a row.",
        "FOUR_IN_A_ROW": "6 rows, 6 columns, 4 in a row.",
        "GOMOKU": "15 rows, 15 columns, 5 in a row.",
    },
)


class Opponent(StrEnum):
    """Who a game is opened for."""

    ANYONE = "ANYONE"
    HOUSE = "HOUSE"


enum_of(
    Opponent,
    "Whom a game is opened for.",
    values={
        "ANYONE": "Whoever joins it: it waits for them.",
        "HOUSE": "The house, which is always there: the game begins at once.",
    },
)


@strawberry.input
class SignUpInput:
    """Who wants to be a player."""

    username: str = strawberry.field(
        description="3 to 24 letters, digits, `_` and `-`; unique in whatever case of letters."
    )
    password: str = strawberry.field(description="8 to 256 characters.")


@strawberry.input
class LoginInput:
    """Who says they are a player."""

    username: str = strawberry.field(description="In whatever case of letters.")
    password: str = strawberry.field(description="The password of the sign-up.")


@strawberry.input
class ClaimAccountInput:
    """Who a guest wants to be."""

    username: str = strawberry.field(
        description="3 to 24 letters, digits, `_` and `-`; unique in whatever case of letters."
    )
    password: str = strawberry.field(description="8 to 256 characters.")


@strawberry.input
class ChangeUsernameInput:
    """What a member wants to be called."""

    username: str = strawberry.field(
        description="3 to 24 letters, digits, `_` and `-`; unique in whatever case of letters."
    )


@strawberry.input
class RulesInput:
    """How large the board shall be, and how many marks in a row shall win."""

    rows: int = strawberry.field(description="3 to 19.")
    columns: int = strawberry.field(description="3 to 19.")
    line: int = strawberry.field(description="3 to the longer side of the board.")


def rules_of(rules: RulesInput | None, preset: Preset | None) -> game.Rules | None:
    """Give the rules that are wished for, if any are."""
    if preset is not None:
        return preset.rules
    return None if rules is None else game.Rules(rules.rows, rules.columns, rules.line)


@strawberry.input
class PositionInput:
    """A position of a game that is over."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    version: int = strawberry.field(
        description="The version at which the position was on its board."
    )


@strawberry.input
class CreateGameInput:
    """The game to open."""

    rules: RulesInput | None = strawberry.field(
        default=None,
        description="The rules; without them, `preset` and `from`, 3 in a row on 3×3.",
    )
    preset: Preset | None = strawberry.field(
        default=None, description="Rules by name, in place of `rules`."
    )
    position: PositionInput | None = strawberry.field(
        name="from",
        default=None,
        description="The position to begin from, by the rules of its game; else an empty board.",
    )
    mark: MarkChoice | None = strawberry.field(
        default=None,
        description="The mark for the creator: if they do not say, `RANDOM`, or with `from` the "
        "mark that is to move.",
    )
    opponent: Opponent = strawberry.field(
        default=Opponent.ANYONE, description="Whom it is opened for."
    )
    level: Level = strawberry.field(
        default=Level.MEDIUM, description="How well the house shall play; see `levels`."
    )
    visibility: game.Visibility = strawberry.field(
        default=game.Visibility.PUBLIC, description="Who may see it, and sit down at it."
    )
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class JoinGameInput:
    """The game to sit down at."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    invite: str | None = strawberry.field(
        default=None, description="`Game.invite`, for a game that is not public."
    )
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class IssueIntratokenInput:
    """The game that the token shall be good for."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)


@strawberry.input
class MakeMoveInput:
    """The cell to write one's mark in."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    row: int = strawberry.field(description="From 0, at the top.")
    column: int = strawberry.field(description="From 0, at the left.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class ResignInput:
    """The game to give to the opponent."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class CancelGameInput:
    """The waiting game to take back."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)
