"""What the mutations of offers take, and how a game is aborted."""

from uuid import UUID

import strawberry

from xogql import game
from xogql.api.inputs import COMMAND_ID, EXPECTED_VERSION, GAME_ID


@strawberry.input
class AbortGameInput:
    """The game to call off."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class MakeOfferInput:
    """What to offer the opponent."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    kind: game.OfferKind = strawberry.field(description="What is offered.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class WithdrawOfferInput:
    """Which of one's offers to take back."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    kind: game.OfferKind = strawberry.field(description="What was offered.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class AcceptOfferInput:
    """Which of the opponent's offers to say yes to."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    kind: game.OfferKind = strawberry.field(description="What was offered.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)


@strawberry.input
class DeclineOfferInput:
    """Which of the opponent's offers to say no to."""

    game_id: strawberry.ID = strawberry.field(description=GAME_ID)
    kind: game.OfferKind = strawberry.field(description="What was offered.")
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: UUID | None = strawberry.field(default=None, description=COMMAND_ID)
