"""Where players are, as each server process tells: rows beside the log, which mean nothing later.

What a process tells is good while it says that it lives. All times are the database's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    DateTime,
    Float,
    Integer,
    Interval,
    Text,
    Uuid,
    any_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import ReturningInsert

from xogql.game import GameId, PlayerId
from xogql.store.event_store import UnavailableError
from xogql.store.outages import outages
from xogql.store.statements import unnested
from xogql.store.tables import presence, presence_process


class Whereabout(StrEnum):
    """Where somebody is; HIDDEN: connected, but looking away; GONE: nothing is told."""

    HERE = "HERE"
    HIDDEN = "HIDDEN"
    LEFT = "LEFT"
    CUT_OFF = "CUT_OFF"
    GONE = "GONE"


WATCHERS = PlayerId("")
"""Whose row has the number of those who watch without a seat."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a process tells of a player at a game; *ago*: since how many seconds.

    Of all who watch together it tells how many they are, in place of a player.
    """

    game_id: GameId
    player_id: PlayerId
    whereabout: Whereabout
    ago: float = 0.0
    watchers: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim as all processes read it."""

    process: UUID
    game_id: GameId
    player_id: PlayerId
    whereabout: Whereabout
    since: datetime
    watchers: int


@dataclass(frozen=True, slots=True)
class Sight:
    """What was read: when, which processes live, which are remembered, and what they tell."""

    at: datetime
    alive: frozenset[UUID]
    remembered: frozenset[UUID]
    claims: Sequence[Seen]


class Whereabouts(Protocol):
    """What processes tell each other. Each raises UnavailableError if it cannot be reached."""

    async def beat(self, process: UUID, lapse: timedelta) -> bool:
        """Say that a process lives, for so long; tell whether it was unknown or forgotten."""
        ...

    async def tell(self, process: UUID, claims: Sequence[Claim]) -> None:
        """Put claims, each of another player or game, in the place of what was told of them."""
        ...

    async def read(self, since: datetime | None, games: Collection[GameId]) -> Sight:
        """Read what changed *since* shortly before a moment, and all of some *games*."""
        ...

    async def tidy(self, process: UUID) -> None:
        """Forget processes that died, and what is said of nobody."""
        ...

    async def forget(self, process: UUID) -> None:
        """Forget a process that ends, with all that it told."""
        ...


OVERLAP = timedelta(seconds=15)
"""How much longer ago is read again: what a statement tells is seen when it is done."""

_DEAD = timedelta(minutes=1)

_NOW = func.statement_timestamp()
_PROCESS = bindparam("process", type_=Uuid)
_BEAT: ReturningInsert[tuple[bool]] = (
    insert(presence_process)
    .values(process=_PROCESS, lapses_at=_NOW + bindparam("lapse", type_=Interval))
    .on_conflict_do_update(
        index_elements=[presence_process.c.process],
        set_={"lapses_at": _NOW + bindparam("lapse", type_=Interval)},
    )
    .returning(literal_column("xmax = 0", Boolean))
)
_told = unnested(
    "told",
    game_id=ARRAY(Text),
    player_id=ARRAY(Text),
    whereabout=ARRAY(Text),
    ago=ARRAY(Float),
    watcher=ARRAY(Integer),
)
_COLUMNS = ["game_id", "player_id", "process", "whereabout", "since", "watchers", "changed_at"]
_rows = insert(presence).from_select(
    _COLUMNS,
    select(
        _told.c.game_id,
        _told.c.player_id,
        _PROCESS,
        _told.c.whereabout,
        _NOW - func.make_interval(0, 0, 0, 0, 0, 0, _told.c.ago),
        _told.c.watcher,
        _NOW,
    ),
)
_TELL = _rows.on_conflict_do_update(
    index_elements=presence.primary_key.columns,
    set_={each: _rows.excluded[each] for each in ("whereabout", "since", "watchers", "changed_at")},
)
_ALIVE = select(
    _NOW.label("at"),
    presence_process.c.process,
    (presence_process.c.lapses_at > _NOW).label("is_alive"),
).select_from(select(1).subquery().outerjoin(presence_process, literal_column("true")))
_READ = select(
    presence.c.process,
    presence.c.game_id,
    presence.c.player_id,
    presence.c.whereabout,
    presence.c.since,
    presence.c.watchers,
).where(
    or_(
        presence.c.changed_at > bindparam("since", type_=DateTime(timezone=True)),
        presence.c.game_id == any_(bindparam("games", type_=ARRAY(Text))),
    )
)
_TIDY = (
    delete(presence_process).where(presence_process.c.lapses_at < _NOW - _DEAD),
    delete(presence).where(presence.c.process.not_in(select(presence_process.c.process))),
    delete(presence).where(
        presence.c.process == _PROCESS,
        presence.c.whereabout == Whereabout.GONE.value,
        presence.c.changed_at < _NOW - _DEAD,
    ),
)
_FORGET = (
    delete(presence_process).where(presence_process.c.process == _PROCESS),
    delete(presence).where(presence.c.process == _PROCESS),
)


class PostgresWhereabouts:
    """See Whereabouts. The tables are not logged: after a crash of Postgres all is told again."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def beat(self, process: UUID, lapse: timedelta) -> bool:
        """See Whereabouts."""
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                was_unknown = await connection.scalar(_BEAT, {"process": process, "lapse": lapse})
        return bool(was_unknown)

    async def tell(self, process: UUID, claims: Sequence[Claim]) -> None:
        """See Whereabouts."""
        values = {
            "process": process,
            "game_ids": [each.game_id for each in claims],
            "player_ids": [each.player_id for each in claims],
            "whereabouts": [each.whereabout.value for each in claims],
            "agos": [each.ago for each in claims],
            "watchers": [each.watchers for each in claims],
        }
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                await connection.execute(_TELL, values)

    async def read(self, since: datetime | None, games: Collection[GameId]) -> Sight:
        """See Whereabouts."""
        values = {"since": since and since - OVERLAP, "games": list(games)}
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                # First: whatever is told after this is read the next time.
                processes = (await connection.execute(_ALIVE)).all()
                rows = (await connection.execute(_READ, values)).all()
        return Sight(
            processes[0].at,
            frozenset(each.process for each in processes if each.is_alive),
            frozenset(each.process for each in processes if each.process),
            [
                Seen(
                    row.process,
                    row.game_id,
                    row.player_id,
                    Whereabout(row.whereabout),
                    row.since,
                    row.watchers,
                )
                for row in rows
            ],
        )

    async def tidy(self, process: UUID) -> None:
        """See Whereabouts."""
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                for statement in _TIDY:
                    await connection.execute(statement, {"process": process})

    async def forget(self, process: UUID) -> None:
        """See Whereabouts."""
        with outages(UnavailableError):
            async with self._engine.connect() as connection:
                for statement in _FORGET:
                    await connection.execute(statement, {"process": process})
