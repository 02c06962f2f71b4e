"""Which games there are, and whose: an index into the log, newest first."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
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
    RematchAgreed,
    Status,
    Visibility,
)
from xogql.readmodels.lists import UNDER_WAY, Chosen, page_of
from xogql.readmodels.unbegun import rematches
from xogql.store.codec import GAMES
from xogql.store.names import is_name
from xogql.store.questions import ask
from xogql.store.tables import game, rematch, seat

SEATS = 2


class GamesProjection:
    """Keeps the tables `game`, `seat` and `rematch`. See Projection."""

    category = GAMES
    tables: Sequence[Table] = (game, seat, rematch)
    statuses: Mapping[type[Event], Status] = {
        GameCreated: Status.WAITING,
        PlayerJoined: Status.PLAYING,
        GameEnded: Status.FINISHED,
        GameCancelled: Status.CANCELLED,
    }

    def kinds(self) -> Sequence[type[Event]]:
        """See Projection."""
        return (*self.statuses, RematchAgreed)

    def statements(self, won: FromClause) -> Sequence[UpdateBase]:
        """See Projection."""
        return (*_created(won), *_changed(won, self.statuses), _joined(won), *rematches(won))


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


def _changed(won: FromClause, statuses: Mapping[type[Event], Status]) -> Iterator[UpdateBase]:
    """Change the status of games that are listed, and of their seats.

    Rows are put in the place of those found: an UPDATE joined to `won` would read a whole table, if
    it was small when that was planned. A key is used here however small it was.
    """
    names = {
        kind.__name__: each.value for kind, each in statuses.items() if kind is not GameCreated
    }
    status = case(names, value=won.c.type)
    for table in (game, seat):
        rows = _rows_of(table, won)
        found = [status if each.name == "status" else rows.c[each.name] for each in table.c]
        values = select(*found).select_from(won.join(rows, true()))
        wanted = values.where(or_(*map(won.c.type.__eq__, names)))
        put = insert(table).from_select(list(table.c), wanted)
        yield put.on_conflict_do_update(
            constraint=table.primary_key, set_={"status": put.excluded.status}
        )


def _joined(won: FromClause) -> UpdateBase:
    player, status = won.c.data["player"].astext, literal(Status.PLAYING.value)
    listed = _rows_of(game, won)
    opened = won.alias("opened")  # no row in `game`: it was created by the same command
    created_at = func.coalesce(listed.c.created_at, won.c.recorded_at)
    visibility = func.coalesce(listed.c.visibility, _visibility(opened))
    now = and_(opened.c.stream_id == won.c.stream_id, opened.c.type == GameCreated.__name__)
    values = select(player, won.c.stream_id, status, created_at, visibility)
    joined = values.join_from(won, listed, true(), isouter=True).outerjoin(opened, now)
    return _seat(joined.where(won.c.type == PlayerJoined.__name__))


def _rows_of(table: Table, won: FromClause) -> FromClause:
    """Find a game's rows by its id, game for game: it has two seats at most."""
    rows = select(table).where(table.c.game_id == won.c.stream_id).limit(SEATS)
    return rows.correlate(won).lateral(f"{table.name}_found")


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
        chosen = Chosen(status, of_player=player is not None, hidden=hidden, on=after is not None)
        given: dict[str, object] = {"player_id": player, "first": first + 1}
        if after is not None:
            given |= {"created_at": after.created_at, "game_id": after.game_id}
        rows = await ask(self._engine, page_of(chosen), given)
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
        for row in await ask(self._engine, UNDER_WAY, given):
            found[row.player_id].append(Listed(row.game_id, row.created_at))
        return {each: _ids(listed, first) for each, listed in found.items()}


def _ids(listed: Sequence[Listed], first: int) -> Sequence[GameId]:
    newest = sorted(listed, key=lambda each: (each.created_at, each.game_id), reverse=True)
    return [each.game_id for each in newest[:first]]
