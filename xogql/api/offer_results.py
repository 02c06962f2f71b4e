"""What the mutations of offers answer, and what an aborted game answers."""

from typing import Annotated, TypeAlias

import strawberry

from xogql.api.game_type import Game
from xogql.api.rejections import GameRejection

_GAME = "The game at the version that this brought it to."


@strawberry.type
class AbortGameSuccess:
    """The game was called off."""

    game: Game = strawberry.field(description=_GAME)


@strawberry.type
class MakeOfferSuccess:
    """The offer was made; or accepted, if the opponent had offered the same."""

    game: Game = strawberry.field(description=_GAME)


@strawberry.type
class WithdrawOfferSuccess:
    """The offer was taken back."""

    game: Game = strawberry.field(description=_GAME)


@strawberry.type
class AcceptOfferSuccess:
    """The offer was accepted: the game shows what came of it."""

    game: Game = strawberry.field(description=_GAME)


@strawberry.type
class DeclineOfferSuccess:
    """The offer was declined."""

    game: Game = strawberry.field(description=_GAME)


AbortGameResult: TypeAlias = Annotated[
    AbortGameSuccess | GameRejection,
    strawberry.union("AbortGameResult", description="The game, or why it was not aborted."),
]
MakeOfferResult: TypeAlias = Annotated[
    MakeOfferSuccess | GameRejection,
    strawberry.union("MakeOfferResult", description="The game, or why the offer was refused."),
]
WithdrawOfferResult: TypeAlias = Annotated[
    WithdrawOfferSuccess | GameRejection,
    strawberry.union("WithdrawOfferResult", description="The game, or why nothing was withdrawn."),
]
AcceptOfferResult: TypeAlias = Annotated[
    AcceptOfferSuccess | GameRejection,
    strawberry.union("AcceptOfferResult", description="The game, or why nothing was accepted."),
]
DeclineOfferResult: TypeAlias = Annotated[
    DeclineOfferSuccess | GameRejection,
    strawberry.union("DeclineOfferResult", description="The game, or why nothing was declined."),
]
