"""The statements of the log. One appends a whole command with all that it changes."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    CTE,
    Integer,
    Select,
    SmallInteger,
    Text,
    and_,
    bindparam,
    cast,
    column,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.sql.dml import UpdateBase

from xogql.store.tables import event

_STREAM = bindparam("stream_id", type_=Text)
_EXPECTED = bindparam("expected_version", type_=Integer)
_WRITTEN = (
    func.unnest(
        bindparam("types", type_=ARRAY(Text)),
        bindparam("schema_versions", type_=ARRAY(SmallInteger)),
        bindparam("datas", type_=ARRAY(Text)),
    )
    .table_valued(
        column("type", Text),
        column("schema_version", SmallInteger),
        column("data", Text),
        with_ordinality="place",
    )
    .render_derived(name="written")
)
_COLUMNS = (
    event.c.stream_id,
    event.c.version,
    event.c.type,
    event.c.schema_version,
    event.c.data,
    event.c.ordinal,
    event.c.actor,
    event.c.command_id,
    event.c.fingerprint,
)
_VALUES = (
    _STREAM,
    _EXPECTED + cast(_WRITTEN.c.place, Integer),
    _WRITTEN.c.type,
    _WRITTEN.c.schema_version,
    cast(_WRITTEN.c.data, JSONB),
    cast(_WRITTEN.c.place - 1, SmallInteger),
    bindparam("actor", type_=Text),
    bindparam("command_id", type_=event.c.command_id.type),
    bindparam("fingerprint", type_=event.c.fingerprint.type),
)
_earlier = event.alias("earlier")


def _first() -> CTE:
    """Insert the command's first event, if the stream stands where it is expected to."""
    no_hole = or_(
        _EXPECTED == 0,
        exists().where(_earlier.c.stream_id == _STREAM, _earlier.c.version == _EXPECTED),
    )
    values = select(*_VALUES).where(_WRITTEN.c.place == 1, no_hole)
    return (
        insert(event)
        .from_select(_COLUMNS, values)
        .on_conflict_do_nothing()
        .returning(event.c.stream_id, event.c.recorded_at)
        .cte("first")
    )


def append(changes: Callable[[CTE], Iterable[UpdateBase]]) -> Select[tuple[datetime]]:
    """Append a command's events and make the *changes* that rest on the one row of their CTE.

    Nothing is inserted but by the one whose first event won. One INSERT of all events with ON
    CONFLICT DO NOTHING would tear a command in two: its first event loses, its second goes in.
    """
    first = _first()
    rest = insert(event).from_select(
        _COLUMNS, select(*_VALUES).select_from(first.join(_WRITTEN, _WRITTEN.c.place > 1))
    )
    named = [
        change.cte(f"change_{number}") for number, change in enumerate(changes(first), start=1)
    ]
    return select(first.c.recorded_at).add_cte(rest.cte("rest"), *named)


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

# Ordered, so that it is read stream by stream: a join might read the whole table.
_news = (
    select(*_RECORDED)
    .where(_IS_NEWS)
    .order_by(event.c.version)
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
    .where(_IS_NEWS)
    .order_by(event.c.version.desc())
    .limit(1)
    .correlate(_followed)
    .lateral("newest")
)

GROWN = select(_followed.c.stream_id, _newest.c.version).join(_newest, true())

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
