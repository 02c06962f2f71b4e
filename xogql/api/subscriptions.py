"""Subscriptions: what happens, the moment it has happened."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Annotated

import strawberry

from xogql import game
from xogql.api import operation_errors
from xogql.api.context import Info
from xogql.api.game_facts import moment
from xogql.api.game_type import Game, GameEvent, GameSnapshot, event_of, game_of
from xogql.game import GameId
from xogql.readmodels.games import Listed
from xogql.store.codec import GAMES
from xogql.store.event_store import Stream
from xogql.store.states import Folded

GameIdArgument = Annotated[strawberry.ID, strawberry.argument(description="The game's id.")]
AfterVersion = Annotated[
    int | None,
    strawberry.argument(
        description="The version one has, exclusive: 0 for every event; absent: a snapshot first."
    ),
]


@strawberry.type
class LobbyChange:
    """How the list of waiting games has changed; it holds the newest 100."""

    snapshot: bool = strawberry.field(
        description="Whether this is the whole list: forget what was listed before."
    )
    listed: list[Game] = strawberry.field(description="Games that wait now, newest first.")
    unlisted: list[Game] = strawberry.field(description="Games that do not wait any more.")


@strawberry.type
class Subscription:
    """Subscriptions: each message once and in order."""

    @strawberry.subscription
    async def game_events(
        self, info: Info, game_id: GameIdArgument, after: AfterVersion = None
    ) -> AsyncGenerator[GameEvent, None]:
        """Every event of a game past a version, then those to come; completes with its end."""
        info.context.may_read(GameId(game_id))
        present = await info.context.find_game(game_id)
        if present is None:
            raise operation_errors.OperationError("GAME_NOT_FOUND", game.GameNotFoundError.message)
        states, stream = info.context.services.states, Stream(GAMES, game_id)
        folded: Folded[game.State] = present
        position, after = info.context.position, _latest(after, info.context.resume)
        if after is None:
            position.version = present.version
            yield _snapshot(game_of(GameId(game_id), present))
        else:
            folded = await states.at(stream, _start(after, present.version))
        if _is_over(folded.state):
            return
        async with aclosing(
            info.context.services.feed.follow(stream, after=folded.version)
        ) as news:
            async for recorded in news:
                folded = states.fold(folded, [recorded])
                position.version = recorded.version
                yield event_of(recorded, game_of(GameId(game_id), folded))
                if _is_over(folded.state):
                    return

    @strawberry.subscription
    async def lobby(self, info: Info) -> AsyncGenerator[LobbyChange, None]:
        """The waiting games: all of them first, then as they come and go."""
        _ = info.context.signed_in
        async with aclosing(info.context.services.lobby.follow()) as changes:
            async for change in changes:
                yield LobbyChange(
                    snapshot=change.snapshot,
                    listed=await _games(info, change.listed),
                    unlisted=await _games(info, change.unlisted),
                )


async def _games(info: Info, listed: Sequence[Listed]) -> list[Game]:
    ids = [each.game_id for each in listed]
    folded = await info.context.folded.load_many(ids)
    return [game_of(game_id, each) for game_id, each in zip(ids, folded, strict=True)]


def _snapshot(present: Game) -> GameSnapshot:
    return GameSnapshot(
        version=present.folded.version, at=moment(present.folded.updated_at), game=present
    )


def _start(after: int, newest: int) -> int:
    """Check the version to go on from.

    Raises:
        OperationError: if the game has not come so far, or no game can.
    """
    if not 0 <= after <= newest:
        message = f"This game has the versions 1 to {newest}: follow it after 0 to {newest}."
        raise operation_errors.OperationError("AFTER_OUT_OF_RANGE", message, version=newest)
    return after


def _latest(after: int | None, resume: int | None) -> int | None:
    return after if resume is None else max(resume, after or 0)


def _is_over(state: game.State) -> bool:
    return isinstance(state, game.Finished | game.Cancelled)
