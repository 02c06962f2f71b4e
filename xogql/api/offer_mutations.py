"""What two players settle between them: offers, and a game that is called off."""

from typing import Annotated

import strawberry

from xogql import game
from xogql.api.context import Info
from xogql.api.inputs import WISH
from xogql.api.offer_inputs import (
    AbortGameInput,
    AcceptOfferInput,
    DeclineOfferInput,
    MakeOfferInput,
    WithdrawOfferInput,
)
from xogql.api.offer_results import (
    AbortGameResult,
    AbortGameSuccess,
    AcceptOfferResult,
    AcceptOfferSuccess,
    DeclineOfferResult,
    DeclineOfferSuccess,
    MakeOfferResult,
    MakeOfferSuccess,
    WithdrawOfferResult,
    WithdrawOfferSuccess,
)
from xogql.api.orders import InGame, Success, Success_co, answered, in_game, order_of
from xogql.api.rejections import GameRejection
from xogql.game import GameId
from xogql.play.rematches import rematch_of
from xogql.store.codec import GAMES
from xogql.store.event_store import Stream


@strawberry.type
class OfferMutation:
    """The mutations of offers, and the one that calls a game off."""

    @strawberry.mutation
    async def make_offer(
        self,
        info: Info,
        given: Annotated[MakeOfferInput, strawberry.argument(name="input", description=WISH)],
    ) -> MakeOfferResult:
        """Offer the opponent something, or accept it if they have offered the same.

        A draw or a takeback while the game is played, a rematch after its end. Needs an intratoken
        of the game.
        """
        game_id = GameId(given.game_id)
        player = info.context.playing(game_id).player_id
        command = game.MakeOffer(player, given.kind, rematch_of(game_id))
        return await _between_two(info, given, command, MakeOfferSuccess)

    @strawberry.mutation
    async def withdraw_offer(
        self,
        info: Info,
        given: Annotated[WithdrawOfferInput, strawberry.argument(name="input", description=WISH)],
    ) -> WithdrawOfferResult:
        """Take one's own offer back. Needs an intratoken of the game."""
        player = info.context.playing(GameId(given.game_id)).player_id
        command = game.WithdrawOffer(player, given.kind)
        return await in_game(info, given, command, WithdrawOfferSuccess)

    @strawberry.mutation
    async def accept_offer(
        self,
        info: Info,
        given: Annotated[AcceptOfferInput, strawberry.argument(name="input", description=WISH)],
    ) -> AcceptOfferResult:
        """Say yes to the opponent's offer. Needs an intratoken of the game.

        A draw ends the game; a takeback gives the turn back to who asked for it; a rematch begins
        at once, with the marks changed: it is the game's `rematch`.
        """
        game_id = GameId(given.game_id)
        player = info.context.playing(game_id).player_id
        command = game.AcceptOffer(player, given.kind, rematch_of(game_id))
        return await _between_two(info, given, command, AcceptOfferSuccess)

    @strawberry.mutation
    async def decline_offer(
        self,
        info: Info,
        given: Annotated[DeclineOfferInput, strawberry.argument(name="input", description=WISH)],
    ) -> DeclineOfferResult:
        """Say no to the opponent's offer; a move says it, too. Needs an intratoken of the game."""
        player = info.context.playing(GameId(given.game_id)).player_id
        command = game.DeclineOffer(player, given.kind)
        return await in_game(info, given, command, DeclineOfferSuccess)

    @strawberry.mutation
    async def abort_game(
        self,
        info: Info,
        given: Annotated[AbortGameInput, strawberry.argument(name="input", description=WISH)],
    ) -> AbortGameResult:
        """Call a game off before both have moved: nobody wins. Needs an intratoken of the game."""
        player = info.context.playing(GameId(given.game_id)).player_id
        return await in_game(info, given, game.AbortGame(player), AbortGameSuccess)


async def _between_two(
    info: Info, given: InGame, command: game.OfferCommand, success: Success[Success_co]
) -> Success_co | GameRejection:
    """Carry out what may lead to another game."""
    game_id, order = GameId(given.game_id), order_of(given, command)
    answer = await info.context.services.rematches.handle(Stream(GAMES, game_id), order)
    return answered(game_id, answer, success)
