"""Subscriptions: what happens, the moment it has happened."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Annotated

import strawberry

from xogql import game
from xogql.api import operation_errors
from xogql.api.context import Info
from xogql.api.game_arguments import Invite
from xogql.api.game_facts import moment
from xogql.api.game_news import GameNews
from xogql.api.game_type import Game, GameEvent, GameSnapshot, game_of
from xogql.api.handover import Handover
from xogql.api.personal import personal
from xogql.api.presence_type import Attention, GamePresence, presences
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

Stay = Annotated[
    bool,
    strawberry.argument(
        description="Go on past the end of a game, for offers of a rematch: until one is agreed on."
    ),
]


ListedStatus = Annotated[
    game.Status, strawberry.argument(description="`WAITING`, to join; `PLAYING`, to watch.")
]


AttentionArgument = Annotated[
    Attention,
    strawberry.argument(description="AWAY of a page that is hidden: it subscribes anew."),
]


@strawberry.type
class LobbyChange:
    """How the list of public games in a phase has changed; it holds the newest 100."""

    snapshot: bool = strawberry.field(
        description="Whether this is the whole list: forget what was listed before."
    )
    listed: list[Game] = strawberry.field(description="Games that came, newest first.")
    unlisted: list[Game] = strawberry.field(
        description="Games that went: in another phase now, or not among the newest."
    )


@strawberry.type
class MyGamesChange:
    """How the viewer's games that wait or are played have changed; it holds the newest 100."""

    snapshot: bool = strawberry.field(
        description="Whether these are all of them: forget what was told before."
    )
    games: list[Game] = strawberry.field(
        description="Games that came or changed, each as it is now, newest first."
    )
    gone: list[Game] = strawberry.field(
        description="Games that are over, or not among the newest any more."
    )


@strawberry.type
class Subscription:
    """Subscriptions: each message once and in order."""

    @strawberry.subscription
    async def game_events(
        self,
        info: Info,
        game_id: GameIdArgument,
        after: AfterVersion = None,
        stay: Stay = False,  # noqa: FBT002 - a field of the query
        invite: Invite = None,
    ) -> AsyncGenerator[GameEvent, None]:
        """Every event of a game past a version, then those to come; completes with its end.

        With `stay` it goes on past the end, and completes when nothing more can happen.
        """
        present = await info.context.watched_game(game_id, invite)
        states, stream = info.context.services.states, Stream(GAMES, game_id)
        folded: Folded[game.State] = present
        context, after = info.context, _latest(after, info.context.resume)
        if after is None:
            context.told = present.version
            yield _snapshot(game_of(GameId(game_id), present))
        else:
            folded = await states.at(stream, _start(after, present.version))
        news = GameNews(states, stream, folded, stay=stay)
        handover = info.context.handover
        if _is_done(news, handover):
            return
        async with aclosing(
            info.context.services.feed.follow(stream, after=folded.version)
        ) as happened:
            async for recorded in happened:
                event = news.event(recorded)
                context.told = recorded.version
                yield event
                if _is_done(news, handover):
                    return

    @strawberry.subscription
    async def lobby(
        self, info: Info, status: ListedStatus = game.Status.WAITING
    ) -> AsyncGenerator[LobbyChange, None]:
        """The public games that wait, or that are played: all first, then as they come and go."""
        _ = info.context.signed_in
        lobby = info.context.services.lobbies.get(status)
        if lobby is None:
            raise operation_errors.invalid_input("The lobby is WAITING or PLAYING.", "status")
        async with aclosing(lobby.follow()) as changes:
            async for change in changes:
                yield LobbyChange(
                    snapshot=change.snapshot,
                    listed=await _games(info, change.listed),
                    unlisted=await _games(info, change.unlisted),
                )

    @strawberry.subscription
    @personal
    async def game_presence(
        self,
        info: Info,
        game_id: GameIdArgument,
        attention: AttentionArgument = Attention.HERE,
        invite: Invite = None,
    ) -> AsyncGenerator[GamePresence, None]:
        """Who is at a game, now and whenever that changes. Being subscribed is being there."""
        folded = await info.context.watched_game(game_id, invite)
        async with aclosing(presences(info, GameId(game_id), folded, attention)) as shown:
            async for each in shown:
                yield each

    @strawberry.subscription
    async def my_games(self, info: Info) -> AsyncGenerator[MyGamesChange, None]:
        """The viewer's games that wait or are played: all first, then each that has changed."""
        viewer = info.context.signed_in.player_id
        async with aclosing(info.context.services.under_way.follow(viewer)) as turnovers:
            async for each in turnovers:
                yield MyGamesChange(
                    snapshot=each.snapshot,
                    games=[game_of(*known) for known in each.games.items()],
                    gone=[game_of(*known) for known in each.gone.items()],
                )


async def _games(info: Info, listed: Sequence[Listed]) -> list[Game]:
    """Present games that all followers of a list ask for at once."""
    streams = [Stream(GAMES, each.game_id) for each in listed]
    folded = await info.context.services.present.of(streams)
    return [game_of(GameId(each.name), folded[each]) for each in streams]


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


def _is_done(news: GameNews, handover: Handover | None) -> bool:
    """Tell whether nothing more is to be told here: the game is over, or others go on with it."""
    return news.is_over or (handover is not None and handover.takes(news))


def _latest(after: int | None, resume: int | None) -> int | None:
    return after if resume is None else max(resume, after or 0)
