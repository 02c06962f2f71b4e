"""The statements of the log. One appends whole commands with all that they change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    CTE,
    JSON,
    Column,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    SmallInteger,
    TableValuedAlias,
    Text,
    and_,
    bindparam,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, asyncpg, insert
from sqlalchemy.sql.dml import ReturningInsert, UpdateBase
from sqlalchemy.sql.type_api import TypeEngine

from xogql.store.tables import event

_STREAM = bindparam("stream_id", type_=Text)
_WRITTEN = event.c["stream_id", "version", "type", "schema_version", "data", "ordinal"]
_COLUMNS = (*_WRITTEN, event.c.actor, event.c.command_id, event.c.fingerprint)
_WON = event.c["stream_id", "type", "data", "recorded_at"]
_earlier = event.alias("earlier")

Changes: TypeAlias = Callable[[FromClause], Iterable[UpdateBase]]
"""What changes with events: see Projection."""


@dataclass(frozen=True, slots=True)
class DriverStatement:
    """A statement as the driver takes it: its text, and its parameters' names in their order.

    *constants*: the values of those that nobody need give.
    """

    text: str
    names: tuple[str, ...]
    constants: Mapping[str, object]

    @classmethod
    def of(
        cls, statement: Select[Any] | CompoundSelect[Any] | ReturningInsert[Any]
    ) -> "DriverStatement":
        """Write a statement for asyncpg."""
        compiled = statement.compile(dialect=asyncpg.dialect())  # type: ignore[no-untyped-call]
        constants = {name: each for name, each in compiled.params.items() if each is not None}
        return cls(str(compiled), tuple(compiled.positiontup or ()), constants)

    def values(self, given: Mapping[str, object]) -> Sequence[object]:
        """Put values in the order of the parameters."""
        named = {**self.constants, **given}
        return [named[name] for name in self.names]


def append_event() -> DriverStatement:
    """Append a command of one event that changes nothing else: there is nothing to be torn."""
    version = bindparam("version", type_=Integer)
    before = select(_earlier.c.version).where(
        _earlier.c.stream_id == _STREAM, _earlier.c.version == version - 1
    )
    row = select(
        _STREAM,
        version,
        bindparam("type", type_=Text),
        bindparam("schema_version", type_=SmallInteger),
        cast(bindparam("data", type_=Text), JSONB),
        literal(0, SmallInteger),
        bindparam("actor", type_=Text),
        bindparam("command_id", type_=event.c.command_id.type),
        bindparam("fingerprint", type_=event.c.fingerprint.type),
    ).where(or_(version == 1, before.exists()))
    appended = insert(event).from_select(_COLUMNS, row).on_conflict_do_nothing()
    return DriverStatement.of(appended.returning(event.c.stream_id, event.c.recorded_at))


def append_one(changes: Changes) -> DriverStatement:
    """Append a command: see _append. It is quicker than a batch of one."""
    expected = bindparam("expected_version", type_=Integer)
    written = unnested(
        "written",
        ordinality="place",
        type=ARRAY(Text),
        schema_version=ARRAY(SmallInteger),
        data=ARRAY(Text),
    )
    place = cast(written.c.place, Integer)
    rows = select(
        _STREAM.label("stream_id"),
        (expected + place).label("version"),
        written.c.type,
        written.c.schema_version,
        cast(written.c.data, JSONB).label("data"),
        cast(place - 1, SmallInteger).label("ordinal"),
        bindparam("actor", type_=Text).label("actor"),
        bindparam("command_id", type_=event.c.command_id.type).label("command_id"),
        bindparam("fingerprint", type_=event.c.fingerprint.type).label("fingerprint"),
    )
    return _append(rows.cte("written"), changes)


def append_many(changes: Changes) -> DriverStatement:
    """Append the commands of several streams, one of each: see _append.

    Their events come as one JSON text, whose objects have the columns' names: the driver takes
    longer for arrays, of which it looks at every element several times.
    """
    given = cast(bindparam("events", type_=Text), JSON)
    columns = [column(each.name, _given_as(each)) for each in _COLUMNS]
    written = func.json_to_recordset(given).table_valued(*columns)
    rows = written.render_derived(name="given", with_types=True)
    return _append(select(*rows.c).cte("written"), changes)


def _append(written: CTE, changes: Changes) -> DriverStatement:
    """Append commands, each of them whole or not at all, and make the *changes* of those that won.

    Nothing is inserted but by whom whose first event won. One INSERT of all events with ON CONFLICT
    DO NOTHING would tear a command in two: its first event loses, its second goes in. Streams are
    taken in their order, so that two processes never wait for each other.
    """
    # Correlated, so that it cannot become a join over the table.
    before = (
        select(true())
        .where(
            _earlier.c.stream_id == written.c.stream_id,
            _earlier.c.version == written.c.version - 1,
        )
        .scalar_subquery()
    )
    firsts = (
        select(*(written.c[each.name] for each in _COLUMNS))
        .where(written.c.ordinal == 0, or_(written.c.version == 1, before))
        .order_by(written.c.stream_id)
    )
    first = (
        insert(event)
        .from_select(_COLUMNS, firsts)
        .on_conflict_do_nothing()
        .returning(*_WON, event.c.command_id)
        .cte("first")
    )
    same = and_(
        written.c.stream_id == first.c.stream_id, written.c.command_id == first.c.command_id
    )
    others = (
        select(*(written.c[each.name] for each in _COLUMNS))
        .join_from(first, written, same)
        .where(written.c.ordinal > 0)
    )
    rest = insert(event).from_select(_COLUMNS, others).returning(*_WON).cte("rest")
    won = union_all(select(*(first.c[each.name] for each in _WON)), select(*rest.c)).cte("won")
    named = [change.cte(f"change_{number}") for number, change in enumerate(changes(won), start=1)]
    return DriverStatement.of(select(first.c.stream_id, first.c.recorded_at).add_cte(rest, *named))


def _given_as(column: Column[Any]) -> TypeEngine[Any]:
    """Give a column's type without its collation, which only tables have."""
    return Text() if isinstance(column.type, Text) else column.type


def unnested(name: str, ordinality: str | None = None, **arrays: ARRAY[Any]) -> TableValuedAlias:
    """Make rows of parameters that are arrays, named as their columns are."""
    parameters = [bindparam(f"{each}s", type_=kind) for each, kind in arrays.items()]
    columns = [column(each, kind.item_type) for each, kind in arrays.items()]
    values = func.unnest(*parameters).table_valued(*columns, with_ordinality=ordinality)
    return values.render_derived(name=name)


_RECORDED = (
    event.c.stream_id,
    event.c.version,
    event.c.type,
    event.c.schema_version,
    cast(event.c.data, Text).label("data"),  # the codec reads text
    event.c.actor,
    event.c.command_id,
    event.c.recorded_at,
)

READ = (
    select(*_RECORDED)
    .where(
        event.c.stream_id == _STREAM,
        event.c.version > bindparam("after", type_=Integer),
        event.c.version <= bindparam("upto", type_=Integer),
    )
    .order_by(event.c.version)
)

_followed = (
    func.unnest(
        bindparam("stream_ids", type_=ARRAY(Text)), bindparam("versions", type_=ARRAY(Integer))
    )
    .table_valued(column("stream_id", Text), column("version", Integer))
    .render_derived(name="followed")
)

_IS_NEWS = and_(event.c.stream_id == _followed.c.stream_id, event.c.version > _followed.c.version)

# By texts with spaces between: the driver takes longer for tens of thousands of values.
_watched = (
    func.unnest(
        func.string_to_array(bindparam("stream_ids", type_=Text), " "),
        cast(func.string_to_array(bindparam("versions", type_=Text), " "), ARRAY(Integer)),
    )
    .table_valued(column("stream_id", Text), column("version", Integer))
    .render_derived(name="followed")
)

# Ordered, so that it is read stream by stream: a join might read the whole table.
_news = (
    select(*_RECORDED)
    .where(_IS_NEWS)
    .order_by(event.c.version)
    .limit(bindparam("most", type_=Integer))
    .correlate(_followed)
    .lateral("news")
)

READ_MANY = (
    select(*_news.c)
    .select_from(_followed.join(_news, true()))
    .order_by(_news.c.stream_id, _news.c.version)
)

_newest = (
    select(event.c.version)
    .where(event.c.stream_id == _watched.c.stream_id, event.c.version > _watched.c.version)
    .order_by(event.c.version.desc())
    .limit(1)
    .correlate(_watched)
    .lateral("newest")
)

GROWN = select(_watched.c.stream_id, _newest.c.version).join(_newest, true())
"""Streams and versions: names and numbers with a space between, as many of both."""

FIND = (
    select(event.c.fingerprint, *_RECORDED)
    .where(
        event.c.stream_id == _STREAM,
        event.c.command_id == bindparam("command_id", type_=event.c.command_id.type),
    )
    .order_by(event.c.ordinal)
)

SCAN = (
    select(*_RECORDED)
    .where(
        tuple_(event.c.stream_id, event.c.version)
        > tuple_(_STREAM, bindparam("after", type_=Integer)),
        event.c.stream_id < bindparam("before", type_=Text),
        event.c.type == func.any(bindparam("types", type_=ARRAY(Text))),
    )
    .order_by(event.c.stream_id, event.c.version)
    .limit(bindparam("limit", type_=Integer))
)
