"""Who has which username, and who is a guest that has not been heard for long."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Interval,
    Table,
    Text,
    any_,
    bindparam,
    case,
    collate,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

from xogql.game import PlayerId
from xogql.player import (
    AccountClaimed,
    Employed,
    Event,
    GuestCame,
    GuestLeft,
    Kind,
    SessionRenewed,
    SignedUp,
    UsernameChanged,
)
from xogql.store.codec import PLAYERS
from xogql.store.questions import ask
from xogql.store.tables import player, seat

_KNOWN = select(player.c.player_id, player.c.username, player.c.kind).where(
    player.c.player_id == any_(bindparam("player_ids", type_=ARRAY(Text)))
)
_BY_KEY = select(player.c.player_id, player.c.username_key).where(
    player.c.username_key == any_(bindparam("keys", type_=ARRAY(Text)))
)
_IDLE = (
    select(player.c.player_id, player.c.idle_since)
    .where(
        tuple_(player.c.idle_since, player.c.player_id)
        > tuple_(bindparam("since", type_=DateTime(timezone=True)), bindparam("after", type_=Text)),
        player.c.idle_since < func.now() - bindparam("age", type_=Interval),
        ~select(seat.c.game_id).where(seat.c.player_id == player.c.player_id).exists(),
    )
    .order_by(player.c.idle_since, player.c.player_id)
    .limit(bindparam("first", type_=Integer))
)

_CAME: Mapping[type[Event], Kind] = {
    SignedUp: Kind.MEMBER,
    GuestCame: Kind.GUEST,
    Employed: Kind.HOUSE,
}
_RENAMED: Sequence[type[Event]] = (AccountClaimed, UsernameChanged)


def username_key(username: str) -> str:
    """Give what two usernames that differ in case alone have in common."""
    return username.lower()


class PlayersProjection:
    """Keeps the table `player`; its unique key refuses a username that is taken. See Projection."""

    category = PLAYERS
    tables: Sequence[Table] = (player,)

    def kinds(self) -> Sequence[type[Event]]:
        """See Projection."""
        return (*_CAME, SessionRenewed, *_RENAMED, GuestLeft)

    def statements(self, won: FromClause) -> Sequence[UpdateBase]:
        """See Projection."""
        return _came(won), _renewed(won), _renamed(won), _left(won)


def _came(won: FromClause) -> UpdateBase:
    values = {
        player.c.player_id: won.c.stream_id,
        **_named(won),
        player.c.kind: case(
            {kind.__name__: each.value for kind, each in _CAME.items()}, value=won.c.type
        ),
        player.c.idle_since: case((won.c.type == GuestCame.__name__, won.c.recorded_at)),
    }
    rows = select(*values.values()).where(_is(won, _CAME))
    return insert(player).from_select(list(values), rows)


def _renewed(won: FromClause) -> UpdateBase:
    return (
        update(player)
        .values(idle_since=won.c.recorded_at)
        .where(
            player.c.player_id == won.c.stream_id,
            player.c.kind == literal(Kind.GUEST.value),
            _is(won, [SessionRenewed]),
        )
    )


def _renamed(won: FromClause) -> UpdateBase:
    """Whoever chooses a name is a member from then on."""
    return (
        update(player)
        .values({**_named(won), player.c.kind: Kind.MEMBER.value, player.c.idle_since: null()})
        .where(
            player.c.player_id == won.c.stream_id,
            _is(won, _RENAMED),
        )
    )


def _left(won: FromClause) -> UpdateBase:
    return delete(player).where(player.c.player_id == won.c.stream_id, _is(won, [GuestLeft]))


def _is(won: FromClause, kinds: Iterable[type[Event]]) -> ColumnElement[bool]:
    return or_(*(won.c.type == kind.__name__ for kind in kinds))


def _named(won: FromClause) -> dict[Column[str], ColumnElement[str]]:
    username = won.c.data["username"].astext
    key = func.lower(collate(username, "C"))  # as username_key has it: usernames are ASCII
    return {player.c.username: username, player.c.username_key: key}


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to know of a player: their name, and what they are."""

    username: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Idle:
    """A guest without a game, and since when nothing was heard of them."""

    player_id: PlayerId
    since: datetime


class Players:
    """Finds players by username, what is known of players, and guests that nobody misses."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def known(self, player_ids: Collection[PlayerId]) -> Mapping[PlayerId, Known]:
        """Tell of those players that exist.

        Raises:
            UnavailableError: if it cannot be read.
        """
        rows = await ask(self._engine, _KNOWN, {"player_ids": list(player_ids)})
        return {row.player_id: Known(row.username, Kind(row.kind)) for row in rows}

    async def named(self, username: str) -> PlayerId | None:
        """Find the player with that username, in any case of letters.

        Raises:
            UnavailableError: if it cannot be read.
        """
        return (await self._found([username])).get(username_key(username))

    async def free(self, usernames: Sequence[str]) -> Sequence[str]:
        """Leave those out that somebody has.

        Raises:
            UnavailableError: if it cannot be read.
        """
        taken = await self._found(usernames)
        return [each for each in usernames if username_key(each) not in taken]

    async def idle(self, age: timedelta, *, after: Idle | None, first: int) -> Sequence[Idle]:
        """Give guests without a game who were not heard for so long, the *first* past one's place.

        Raises:
            UnavailableError: if it cannot be read.
        """
        place = after or Idle(PlayerId(""), _NEVER)
        values = {"age": age, "since": place.since, "after": place.player_id, "first": first}
        rows = await ask(self._engine, _IDLE, values)
        return [Idle(row.player_id, row.idle_since) for row in rows]

    async def _found(self, usernames: Sequence[str]) -> Mapping[str, PlayerId]:
        values = {"keys": [username_key(each) for each in usernames]}
        rows = await ask(self._engine, _BY_KEY, values)
        return {row.username_key: row.player_id for row in rows}


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
