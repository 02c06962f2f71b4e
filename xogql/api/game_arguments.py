"""Arguments of fields that give games."""

from typing import Annotated

import strawberry

from xogql import game

OfStatus = Annotated[
    game.Status | None, strawberry.argument(description="Only games in this phase.")
]
Invite = Annotated[
    str | None,
    strawberry.argument(description="What its creator gave out, for a game that needs one."),
]
Version = Annotated[
    int, strawberry.argument(description="From 1, to the present version of this game.")
]
