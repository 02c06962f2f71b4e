"""Queries: what is, folded from what happened."""

from typing import Annotated

import strawberry

from xogql.api import operation_errors
from xogql.api.context import Info
from xogql.api.game_arguments import Invite, OfStatus
from xogql.api.game_type import Game, GameConnection, Player, game_of, game_page, player_of
from xogql.api.inputs import Preset, RulesInput, rules_of
from xogql.api.node import Node
from xogql.api.pages import After, First
from xogql.api.personal import personal
from xogql.game import TIC_TAC_TOE, GameId, PlayerId, RulesNotAllowedError
from xogql.game.bots import Level
from xogql.store.codec import PLAYERS
from xogql.store.names import is_name

OfRules = Annotated[
    RulesInput | None,
    strawberry.argument(description="The rules; without them and a preset, 3 in a row on 3×3."),
]
OfPreset = Annotated[
    Preset | None, strawberry.argument(description="Rules by name, in place of `rules`.")
]
Id = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]


@strawberry.type
class Query:
    """Queries: answered from the log."""

    @strawberry.field
    @personal
    def me(self, info: Info) -> Player | None:
        """The player who asks."""
        return player_of(info.context.signed_in.player_id)

    @strawberry.field
    async def game(
        self,
        info: Info,
        id: Id,  # noqa: A002 - its name in the schema
        invite: Invite = None,
    ) -> Game | None:
        """A game at its present version; null if there is none with that id for the viewer."""
        return await _game(info, id, invite)

    @strawberry.field
    async def games(
        self, info: Info, status: OfStatus = None, first: First = 20, after: After = None
    ) -> GameConnection:
        """The public games, newest first."""
        _ = info.context.signed_in
        return await game_page(info, status, first, after, player=None)

    @strawberry.field
    def levels(self, info: Info, rules: OfRules = None, preset: OfPreset = None) -> list[Level]:
        """The levels at which the house plays by some rules, from the easiest."""
        if rules is not None and preset is not None:
            raise operation_errors.invalid_input("Give either rules or a preset.", "preset")
        wished = rules_of(rules, preset) or TIC_TAC_TOE
        if not wished.are_allowed:
            raise operation_errors.invalid_input(RulesNotAllowedError.message, "rules")
        return list(info.context.services.house.levels(wished))

    @strawberry.field
    async def node(self, info: Info, id: Id) -> Node | None:  # noqa: A002 - its name in the schema
        """Anything that has an id; null if nothing has that one."""
        if not is_name(PLAYERS, id):
            return await _game(info, id)
        _ = info.context.signed_in
        known = await info.context.services.players.known([PlayerId(id)])
        return player_of(PlayerId(id)) if known else None


async def _game(info: Info, game_id: str, invite: str | None = None) -> Game | None:
    info.context.may_ask_of(GameId(game_id))
    folded = await info.context.find_game(game_id, invite)
    return None if folded is None else game_of(GameId(game_id), folded)
