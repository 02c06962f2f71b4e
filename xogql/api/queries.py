"""Queries: what is, folded from what happened."""

from typing import Annotated

import strawberry

from xogql.api.context import Info
from xogql.api.game_type import (
    Game,
    GameConnection,
    OfStatus,
    Player,
    game_of,
    game_page,
    player_of,
)
from xogql.api.node import Node
from xogql.api.pages import After, First
from xogql.game import GameId, PlayerId
from xogql.store.codec import PLAYERS
from xogql.store.names import is_name

Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]


@strawberry.type
class Query:
    """Queries: answered from the log."""

    @strawberry.field
    def me(self, info: Info) -> Player | None:
        """The player who asks."""
        return player_of(info.context.signed_in.player_id)

    @strawberry.field
    async def game(self, info: Info, id: Id) -> Game | None:  # noqa: A002 - its name in the schema
        """A game at its present version; null if there is none with that id."""
        return await _game(info, id)

    @strawberry.field
    async def games(
        self, info: Info, status: OfStatus = None, first: First = 20, after: After = None
    ) -> GameConnection:
        """Games, newest first."""
        _ = info.context.signed_in
        return await game_page(info, status, first, after, player=None)

    @strawberry.field
    async def node(self, info: Info, id: Id) -> Node | None:  # noqa: A002 - its name in the schema
        """Anything that has an id; null if nothing has that one."""
        if not is_name(PLAYERS, id):
            return await _game(info, id)
        _ = info.context.signed_in
        known = await info.context.services.players.known([PlayerId(id)])
        return player_of(PlayerId(id)) if known else None


async def _game(info: Info, game_id: str) -> Game | None:
    info.context.may_read(GameId(game_id))
    folded = await info.context.find_game(game_id)
    return None if folded is None else game_of(GameId(game_id), folded)
