"""Which games there are, and whose: an index into the log, newest first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
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
    Visibility,
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
    new = select(won.c.stream_id, status, won.c.recorded_at, _visibility(won))
    created = new.where(won.c.type == GameCreated.__name__)
    columns = [game.c.game_id, game.c.status, game.c.created_at, game.c.visibility]
    first = insert(game).from_select(columns, created)
    creator = won.c.data["creator"].astext
    return first, _seat(created.with_only_columns(creator, *created.selected_columns))


def _joined(won: FromClause) -> UpdateBase:
    player, status = won.c.data["player"].astext, literal(Status.PLAYING.value)
    opened = won.alias("opened")  # no row in `game`: it was created by the same command
    created_at = func.coalesce(game.c.created_at, won.c.recorded_at)
    visibility = func.coalesce(game.c.visibility, _visibility(opened))
    now = and_(opened.c.stream_id == won.c.stream_id, opened.c.type == GameCreated.__name__)
    values = select(player, won.c.stream_id, status, created_at, visibility)
    joined = values.join_from(won, game, game.c.game_id == won.c.stream_id, isouter=True).outerjoin(
        opened, now
    )
    return _seat(joined.where(won.c.type == PlayerJoined.__name__))


def _visibility(created: FromClause) -> ColumnElement[str]:
    """Give what an event says; games of the first releases say nothing."""
    return func.coalesce(created.c.data["visibility"].astext, Visibility.PUBLIC.value)


def _seat(values: Select[Any]) -> UpdateBase:
    of_game = seat.c["game_id", "status", "created_at", "visibility"]
    columns = [seat.c.player_id, *of_game]
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
        hidden: bool = False,
        first: int,
        after: Listed | None = None,
    ) -> Page:
        """List *first* public games past the place *after*: all of them, or a player's.

        *hidden*: with those of the player's games that are not public.

        Raises:
            UnavailableError: if the list cannot be read.
        """
        table = game if player is None else seat
        wanted = [] if player is None else [seat.c.player_id == player]
        if player is None or not hidden:
            wanted.append(_is(table.c.visibility, Visibility.PUBLIC))
        if status is not None:
            wanted.append(_is(table.c.status, status))
        if after is not None:
            here = tuple_(table.c.created_at, table.c.game_id)
            wanted.append(here < tuple_(literal(after.created_at), literal(after.game_id)))
        rows = await self._rows(_newest(table).where(*wanted).limit(first + 1))
        listed = [Listed(row.game_id, row.created_at) for row in rows]
        return Page(listed[:first], has_next=len(listed) > first)

    async def newest(self, status: Status, first: int) -> Sequence[Listed]:
        """List the *first* public games of a status.

        Raises:
            UnavailableError: if the list cannot be read.
        """
        return (await self.page(status=status, first=first)).games

    async def under_way(
        self, players: Collection[PlayerId], *, first: int
    ) -> Mapping[PlayerId, Sequence[GameId]]:
        """List each player's *first* games that wait or are played, newest first, in one read.

        Raises:
            UnavailableError: if they cannot be read.
        """
        found: dict[PlayerId, list[Listed]] = {each: [] for each in players}
        given = {"player_ids": list(players), "first": first}
        for row in await self._rows(_UNDER_WAY, given):
            found[row.player_id].append(Listed(row.game_id, row.created_at))
        return {each: _ids(listed, first) for each, listed in found.items()}

    async def _rows(
        self, statement: Select[Any] | CompoundSelect[Any], given: Mapping[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                rows: Sequence[Row[Any]] = (await connection.execute(statement, given)).all()
        return rows


def _newest(table: Table) -> Select[Any]:
    return select(table.c.game_id, table.c.created_at).order_by(
        table.c.created_at.desc(), table.c.game_id.desc()
    )


def _is(column: Column[str], value: Status | Visibility) -> ColumnElement[bool]:
    """Compare with a value that stands in the statement, as the partial indexes need it."""
    return column == literal_column(f"'{value.value}'")


def _ids(listed: Sequence[Listed], first: int) -> Sequence[GameId]:
    newest = sorted(listed, key=lambda each: (each.created_at, each.game_id), reverse=True)
    return [each.game_id for each in newest[:first]]


def _under_way(status: Status) -> Select[Any]:
    """Give the newest of one status for each of the asked players: from one end of an index."""
    asked = (
        func.unnest(bindparam("player_ids", type_=ARRAY(Text)))
        .table_valued(column("player_id", Text))
        .render_derived(name=f"asked_{status.value.lower()}")
    )
    newest = (
        _newest(seat)
        .where(seat.c.player_id == asked.c.player_id, _is(seat.c.status, status))
        .limit(bindparam("first", type_=Integer))
        .correlate(asked)
        .lateral(f"newest_{status.value.lower()}")
    )
    return select(asked.c.player_id, *newest.c).select_from(asked.join(newest, true()))


_UNDER_WAY = union_all(_under_way(Status.WAITING), _under_way(Status.PLAYING))
