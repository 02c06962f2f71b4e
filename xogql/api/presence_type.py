"""Who is at a game, as GraphQL shows it."""

from collections.abc import AsyncGenerator
from contextlib import ExitStack
from datetime import datetime
from enum import StrEnum

import strawberry

from xogql import game
from xogql.api.context import Info, present
from xogql.api.descriptions import enum_of
from xogql.api.game_type import Player, player_of
from xogql.game import GameId, Mark, PlayerId
from xogql.live.hall import View
from xogql.play.house import LEVELS
from xogql.store.codec import GAMES
from xogql.store.event_store import Stream
from xogql.store.states import Folded
from xogql.store.whereabouts import Whereabout


class Attention(StrEnum):
    """Whether somebody looks at a game."""

    HERE = "HERE"
    AWAY = "AWAY"


class PresenceState(StrEnum):
    """Where a player is."""

    HERE = "HERE"
    AWAY = "AWAY"
    LEFT = "LEFT"
    CUT_OFF = "CUT_OFF"
    UNKNOWN = "UNKNOWN"


enum_of(
    Attention,
    "Whether the subscriber looks at the game.",
    values={
        "HERE": "They do.",
        "AWAY": "They do not, though they are connected: a page that is hidden.",
    },
)
enum_of(
    PresenceState,
    "Where a player is, as far as anybody knows. It decides nothing by itself.",
    values={
        "HERE": "Connected, and looking at the game; the house always is.",
        "AWAY": "Connected, and not looking at the game.",
        "LEFT": "Gone with a goodbye.",
        "CUT_OFF": "Their connection broke.",
        "UNKNOWN": "Nobody can tell: they never came, or the server that knew is gone.",
    },
)

_STATES = {
    Whereabout.HERE: PresenceState.HERE,
    Whereabout.HIDDEN: PresenceState.AWAY,
    Whereabout.LEFT: PresenceState.LEFT,
    Whereabout.CUT_OFF: PresenceState.CUT_OFF,
}


@strawberry.type
class SeatPresence:
    """Where a player with a seat is."""

    mark: Mark = strawberry.field(description="The mark they play.")
    player: Player = strawberry.field(description="Who it is.")
    state: PresenceState = strawberry.field(description="Where they are.")
    since: datetime | None = strawberry.field(
        description="Since when; null if that is not known, and for the house."
    )


@strawberry.type
class GamePresence:
    """Who is at a game now."""

    seats: list[SeatPresence] = strawberry.field(description="The seats that are taken, X first.")
    watchers: int = strawberry.field(description="How many others follow who is at the game.")


async def presences(
    info: Info, game_id: GameId, folded: Folded[game.Game], attention: Attention
) -> AsyncGenerator[GamePresence]:
    """Be at a game, and tell who else is, now and whenever that changes."""
    services, viewer = info.context.services, info.context.asker
    hidden, stream, told = attention is Attention.AWAY, Stream(GAMES, game_id), None
    with services.presence.visit(game_id, viewer, hidden=hidden) as visit, ExitStack() as joining:
        joining.enter_context(visit.hearing(folded.version))
        try:
            while True:
                if len(folded.state.seats) < len(Mark):
                    newest = present((await services.present.of([stream]))[stream])
                    folded = newest or folded
                if len(folded.state.seats) == len(Mark):
                    joining.close()
                visit.seat(folded.state.seats.values())
                view = _shown(folded.state, await visit.view())
                if view != told:
                    yield view
                told = view
                await visit.news.wait()
        finally:
            visit.cut = info.context.line.is_cut


def _shown(state: game.Game, view: View) -> GamePresence:
    seats = [_seat(mark, state.seats[mark], view) for mark in Mark if mark in state.seats]
    return GamePresence(seats=seats, watchers=view.watchers)


def _seat(mark: Mark, player_id: PlayerId, view: View) -> SeatPresence:
    place, state, since = view.places.get(player_id), PresenceState.UNKNOWN, None
    if player_id in LEVELS:
        state = PresenceState.HERE
    elif place is not None:
        state, since = _STATES[place.whereabout], place.since
    return SeatPresence(mark=mark, player=player_of(player_id), state=state, since=since)
