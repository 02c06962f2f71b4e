"""Commands: each appends what it leads to, and answers after the commit."""

from typing import Annotated

import strawberry

from xogql import game
from xogql.api.account_mutations import AccountMutation
from xogql.api.context import Info
from xogql.api.game_type import game_of
from xogql.api.inputs import (
    WISH,
    CancelGameInput,
    CreateGameInput,
    IssueIntratokenInput,
    JoinGameInput,
    MakeMoveInput,
    ResignInput,
)
from xogql.api.offer_mutations import OfferMutation
from xogql.api.orders import answered, handle, in_game, rejection
from xogql.api.rejections import GameNotFoundRejection, RejectionCode
from xogql.api.results import (
    CancelGameResult,
    CancelGameSuccess,
    CreateGameResult,
    CreateGameSuccess,
    Intratoken,
    IssueIntratokenResult,
    JoinGameResult,
    JoinGameSuccess,
    MakeMoveResult,
    MakeMoveSuccess,
    ResignResult,
    ResignSuccess,
)
from xogql.api.wishes import WishRefusedError, refused_field, wished_game
from xogql.game import CommandRejectedError, GameId
from xogql.play.handler import Accepted, Order
from xogql.store.codec import GAMES
from xogql.store.names import is_name, name_made_by, new_name


@strawberry.type
class Mutation(AccountMutation, OfferMutation):
    """Commands: each appends at least one event, or is refused and changes nothing."""

    @strawberry.mutation
    async def issue_intratoken(
        self,
        info: Info,
        given: Annotated[IssueIntratokenInput, strawberry.argument(name="input", description=WISH)],
    ) -> IssueIntratokenResult:
        """Take a token that is good for one game, which one has a seat in."""
        claims, game_id = info.context.signed_in, GameId(given.game_id)
        folded = await info.context.find_game(given.game_id)
        if folded is None:
            return _not_found(given.game_id)
        try:
            token = await info.context.services.accounts.issue_intratoken(claims, game_id)
        except CommandRejectedError as reason:
            return rejection(reason, game_of(game_id, folded))
        return Intratoken.of(token)

    @strawberry.mutation
    async def create_game(
        self,
        info: Info,
        given: Annotated[CreateGameInput, strawberry.argument(name="input", description=WISH)],
    ) -> CreateGameResult:
        """Open a game, on an empty board or `from` a position: wait, or play the house at once."""
        player, known = info.context.signed_in.player_id, given.command_id
        try:
            command = await wished_game(info, given)
        except WishRefusedError as refused:
            return refused.rejection
        game_id = GameId(name_made_by(GAMES, player, known) if known else new_name(GAMES))
        answer = await handle(info, game_id, Order(command, player, known))
        if isinstance(answer, Accepted):
            return CreateGameSuccess(game=game_of(game_id, answer.folded))
        if isinstance(answer.folded.state, game.Absent):
            is_over = isinstance(answer.reason, game.PositionOverError)
            return refused_field(answer.reason, "from" if is_over else "rules")
        return rejection(answer.reason, game_of(game_id, answer.folded))

    @strawberry.mutation
    async def join_game(
        self,
        info: Info,
        given: Annotated[JoinGameInput, strawberry.argument(name="input", description=WISH)],
    ) -> JoinGameResult:
        """Take the free seat of a waiting game; one that is not public needs its invite."""
        player, game_id = info.context.signed_in.player_id, GameId(given.game_id)
        if not is_name(GAMES, game_id):
            return _not_found(game_id)
        invited = info.context.services.invites.admits(given.invite, game_id)
        order = Order(game.JoinGame(player, invited), player, given.command_id)
        answer = await handle(info, game_id, order)
        if isinstance(answer, Accepted):
            return JoinGameSuccess(game=game_of(game_id, answer.folded))
        seen = info.context.seen(game_id, answer.folded, given.invite)
        if seen is None:
            return _not_found(game_id)
        return rejection(answer.reason, game_of(game_id, seen))

    @strawberry.mutation
    async def make_move(
        self,
        info: Info,
        given: Annotated[MakeMoveInput, strawberry.argument(name="input", description=WISH)],
    ) -> MakeMoveResult:
        """Write one's mark in a cell. Needs an intratoken of the game."""
        player = info.context.playing(GameId(given.game_id)).player_id
        command = game.MakeMove(player, game.Cell(given.row, given.column))
        return await in_game(info, given, command, MakeMoveSuccess)

    @strawberry.mutation
    async def resign(
        self,
        info: Info,
        given: Annotated[ResignInput, strawberry.argument(name="input", description=WISH)],
    ) -> ResignResult:
        """Give the game to the opponent. Needs an intratoken of the game."""
        player = info.context.playing(GameId(given.game_id)).player_id
        return await in_game(info, given, game.Resign(player), ResignSuccess)

    @strawberry.mutation
    async def cancel_game(
        self,
        info: Info,
        given: Annotated[CancelGameInput, strawberry.argument(name="input", description=WISH)],
    ) -> CancelGameResult:
        """Take a waiting game back. Needs an intratoken of the game."""
        game_id = GameId(given.game_id)
        player = info.context.playing(game_id).player_id
        order = Order(game.CancelGame(player), player, given.command_id)
        return answered(game_id, await handle(info, game_id, order), CancelGameSuccess)


def _not_found(game_id: str) -> GameNotFoundRejection:
    return GameNotFoundRejection(
        code=RejectionCode.GAME_NOT_FOUND,
        message=game.GameNotFoundError.message,
        game_id=strawberry.ID(game_id),
    )
