"""The statements that lists of games are read by: each from one end of an index, newest first."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    column,
    func,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)

from xogql.game import Status, Visibility
from xogql.store.tables import game, seat


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which statement lists a page. *on*: it goes on past a place."""

    status: Status | None
    of_player: bool
    hidden: bool
    on: bool


@cache
def page_of(chosen: Chosen) -> Select[Any]:
    """Write the statement that lists a page, once for good."""
    table = seat if chosen.of_player else game
    wanted = [seat.c.player_id == bindparam("player_id", type_=Text)] if chosen.of_player else []
    if not (chosen.of_player and chosen.hidden):
        wanted.append(_is(table.c.visibility, Visibility.PUBLIC))
    if chosen.status is not None:
        wanted.append(_is(table.c.status, chosen.status))
    if chosen.on:
        place = [bindparam(each.name, type_=each.type) for each in table.c["created_at", "game_id"]]
        wanted.append(tuple_(table.c.created_at, table.c.game_id) < tuple_(*place))
    return _newest(table).where(*wanted).limit(bindparam("first", type_=Integer))


def _newest(table: Table) -> Select[Any]:
    return select(table.c.game_id, table.c.created_at).order_by(
        table.c.created_at.desc(), table.c.game_id.desc()
    )


def _is(column: Column[str], value: Status | Visibility) -> ColumnElement[bool]:
    """Compare with a value that stands in the statement, as the partial indexes need it."""
    return column == literal_column(f"'{value.value}'")


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


UNDER_WAY = union_all(_under_way(Status.WAITING), _under_way(Status.PLAYING))
