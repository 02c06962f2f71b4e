"""Where the house may have something to do: games whose newest event is somebody else's."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    Integer,
    Interval,
    Row,
    Text,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from xogql.game import GameId, PlayerId, PlayerJoined, Status
from xogql.readmodels.games import Listed
from xogql.store.event_store import UnavailableError
from xogql.store.outages import outages
from xogql.store.tables import event, seat

PAGE = 200
"""Games of each player of the house that are looked at together."""

_TOP = Listed(GameId(""), datetime.max.replace(tzinfo=UTC))
_HOUSE = bindparam("house", type_=ARRAY(Text))

_player = func.unnest(_HOUSE).table_valued(column("id", Text)).render_derived(name="player")
_game = (
    select(seat.c.game_id, seat.c.created_at)
    .where(
        seat.c.player_id == _player.c.id,
        seat.c.status == bindparam("status", type_=Text),
        tuple_(seat.c.created_at, seat.c.game_id)
        < tuple_(
            bindparam("created_at", type_=seat.c.created_at.type), bindparam("game_id", type_=Text)
        ),
    )
    .order_by(seat.c.created_at.desc(), seat.c.game_id.desc())
    .limit(bindparam("limit", type_=Integer))
    .correlate(_player)
    .lateral("game")
)
_newest = (
    select(event.c.version, event.c.actor, event.c.type, event.c.recorded_at)
    .where(event.c.stream_id == _game.c.game_id)
    .order_by(event.c.version.desc())
    .limit(1)
    .correlate(_game)
    .lateral("newest")
)
_may_wait = and_(
    # Who joins last need not be who moves first.
    or_(_newest.c.actor != func.all(_HOUSE), _newest.c.type == PlayerJoined.__name__),
    _newest.c.recorded_at < func.now() - bindparam("rest", type_=Interval),
)
_LOOK = select(
    _player.c.id, _game.c.game_id, _game.c.created_at, _newest.c.version, _may_wait.label("waits")
).select_from(_player.join(_game, true()).join(_newest, true()))


class HouseGames:
    """Looks through the games of the *house*, the newest first.

    *rest*: only where nothing has happened for so long: whoever acts calls the house at once.
    """

    def __init__(self, engine: AsyncEngine, house: Sequence[PlayerId], *, rest: timedelta) -> None:
        self._engine = engine
        self._house = list(house)
        self._rest = rest

    async def page(self, after: Listed | None) -> tuple[Mapping[GameId, int], Listed | None]:
        """Give games and their versions past a place, and the place to go on from, if any.

        Of games that are over, in which a rematch may be offered, the newest are enough.

        Raises:
            UnavailableError: if they cannot be read.
        """
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                rows = await self._rows(connection, Status.PLAYING, after or _TOP)
                over = [] if after else await self._rows(connection, Status.FINISHED, _TOP)
        waiting = {GameId(row.game_id): row.version for row in (*rows, *over) if row.waits}
        return waiting, _next(rows)

    async def _rows(
        self, connection: AsyncConnection, status: Status, after: Listed
    ) -> Sequence[Row[Any]]:
        values = {
            "house": self._house,
            "status": status.value,
            "created_at": after.created_at,
            "game_id": after.game_id,
            "limit": PAGE,
            "rest": self._rest,
        }
        return (await connection.execute(_LOOK, values)).all()


def _next(rows: Sequence[Row[Any]]) -> Listed | None:
    """Give the place that all players of the house have been looked through up to."""
    by_player: dict[str, list[Listed]] = {}
    for row in rows:
        by_player.setdefault(row.id, []).append(Listed(row.game_id, row.created_at))
    ends = [games[-1] for games in by_player.values() if len(games) == PAGE]
    return max(ends, key=lambda each: (each.created_at, each.game_id), default=None)
