"""Which games there are, and whose: an index into the log, newest first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    FromClause,
    Select,
    Table,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

from xogql.game import (
    Event,
    GameCancelled,
    GameCreated,
    GameEnded,
    GameId,
    PlayerId,
    PlayerJoined,
    Status,
)
from xogql.store.codec import GAMES
from xogql.store.event_store import UnavailableError
from xogql.store.names import is_name
from xogql.store.outages import outages
from xogql.store.tables import game, seat


class GamesProjection:
    """Keeps the tables `game` and `seat`. See Projection."""

    category = GAMES
    tables: Sequence[Table] = (game, seat)
    statuses: Mapping[type[Event], Status] = {
        GameCreated: Status.WAITING,
        PlayerJoined: Status.PLAYING,
        GameEnded: Status.FINISHED,
        GameCancelled: Status.CANCELLED,
    }

    def kinds(self) -> Sequence[type[Event]]:
        """See Projection."""
        return tuple(self.statuses)

    def statements(self, won: FromClause) -> Sequence[UpdateBase]:
        """See Projection."""
        changed = {
            kind.__name__: status.value
            for kind, status in self.statuses.items()
            if kind is not GameCreated
        }
        updates = [
            update(table)
            .values(status=case(changed, value=won.c.type))
            .where(table.c.game_id == won.c.stream_id, or_(*map(won.c.type.__eq__, changed)))
            for table in self.tables
        ]
        return (*_created(won), *updates, _joined(won))


def _created(won: FromClause) -> Sequence[UpdateBase]:
    """List new games: the updates do not see these rows, so who joined at once is counted here."""
    also = won.alias("also")
    joined = exists().where(
        also.c.stream_id == won.c.stream_id, also.c.type == PlayerJoined.__name__
    )
    status = case((joined, Status.PLAYING.value), else_=Status.WAITING.value)
    new = select(won.c.stream_id, status, won.c.recorded_at)
    created = new.where(won.c.type == GameCreated.__name__)
    first = insert(game).from_select([game.c.game_id, game.c.status, game.c.created_at], created)
    creator = won.c.data["creator"].astext
    return first, _seat(created.with_only_columns(creator, *created.selected_columns))


def _joined(won: FromClause) -> UpdateBase:
    player, status = won.c.data["player"].astext, literal(Status.PLAYING.value)
    created_at = func.coalesce(game.c.created_at, won.c.recorded_at)  # no row: it was created now
    values = select(player, won.c.stream_id, status, created_at)
    joined = values.join_from(won, game, game.c.game_id == won.c.stream_id, isouter=True)
    return _seat(joined.where(won.c.type == PlayerJoined.__name__))


def _seat(values: Select[Any]) -> UpdateBase:
    columns = [seat.c.player_id, seat.c.game_id, seat.c.status, seat.c.created_at]
    return insert(seat).from_select(columns, values)


class InvalidCursorError(ValueError):
    """The cursor is not one that this server gave."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Listed:
    """A game's place in a list: newest first, those of one moment by their ids."""

    game_id: GameId
    created_at: datetime

    @property
    def cursor(self) -> str:
        """The place as text for clients, who need not understand it."""
        text = f"{self.created_at.isoformat()} {self.game_id}"
        return urlsafe_b64encode(text.encode()).decode()

    @classmethod
    def at(cls, cursor: str) -> "Listed":
        """Read a place that was given as text.

        Raises:
            InvalidCursorError: if it was not.
        """
        try:
            moment, game_id = urlsafe_b64decode(cursor.encode()).decode().split(" ")
            created_at = datetime.fromisoformat(moment)
        except ValueError as error:
            raise InvalidCursorError from error
        if created_at.utcoffset() != timedelta(0) or not is_name(GAMES, game_id):
            raise InvalidCursorError
        return cls(GameId(game_id), created_at)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, and whether more follows."""

    games: Sequence[Listed]
    has_next: bool


class Games:
    """Lists games by status and by player."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def page(
        self,
        *,
        status: Status | None = None,
        player: PlayerId | None = None,
        first: int,
        after: Listed | None = None,
    ) -> Page:
        """List *first* games past the place *after*: all of them, or a player's.

        Raises:
            UnavailableError: if the list cannot be read.
        """
        table = game if player is None else seat
        wanted = [] if status is None else [table.c.status == status.value]
        if player is not None:
            wanted.append(seat.c.player_id == player)
        if after is not None:
            here = tuple_(table.c.created_at, table.c.game_id)
            wanted.append(here < tuple_(literal(after.created_at), literal(after.game_id)))
        statement = (
            select(table.c.game_id, table.c.created_at)
            .where(*wanted)
            .order_by(table.c.created_at.desc(), table.c.game_id.desc())
            .limit(first + 1)
        )
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                rows = (await connection.execute(statement)).all()
        listed = [Listed(row.game_id, row.created_at) for row in rows]
        return Page(listed[:first], has_next=len(listed) > first)
