"""What only Postgres can show: races with open transactions, its clock, its read models."""

import asyncio
from collections.abc import Sequence

import pytest
from asyncpg import NotNullViolationError
from sqlalchemy import FromClause, Table, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

from tests.store.samples import (
    Bell,
    Rival,
    a_stream_of,
    command,
    move,
    new_game,
    outcome,
    until_waited_for,
)
from xogql.player import Event, LoggedOutEverywhere, SignedUp
from xogql.store.codec import PLAYERS
from xogql.store.event_store import TakenError, VersionConflictError
from xogql.store.postgres import PostgresEventStore
from xogql.store.tables import player

APPEND_AS_A_RIVAL = """
insert into event
  (stream_id, version, type, schema_version, data, actor, command_id, ordinal, fingerprint)
values ($1, $2, 'GameCancelled', 1, '{}', 'bob', gen_random_uuid(), 0, 0)
"""


@pytest.mark.parametrize("version", [0, 2])
@pytest.mark.parametrize(("ending", "grown_by"), [("commit", 1), ("rollback", 2)])
async def test_who_waits_for_a_rivals_fate_appends_a_whole_command_or_nothing(
    store: PostgresEventStore, rival: Rival, version: int, ending: str, grown_by: int
) -> None:
    stream = new_game()
    if version:
        await store.append(command(stream, 0, move(1), move(2)))
    await rival.execute("begin")
    await rival.execute(APPEND_AS_A_RIVAL, stream.name, version + 1)

    async with asyncio.TaskGroup() as group:
        late = group.create_task(outcome(store.append(command(stream, version, move(3), move(4)))))
        await until_waited_for(rival)
        await rival.execute(ending)

    assert isinstance(late.result(), VersionConflictError) == (ending == "commit")
    assert len(await store.read(stream)) == version + grown_by


async def test_events_are_recorded_by_the_databases_clock(
    store: PostgresEventStore, rival: Rival
) -> None:
    before = await rival.fetchval("select clock_timestamp()")
    [recorded] = await store.append(command(new_game(), 0, move(1)))
    after = await rival.fetchval("select clock_timestamp()")

    assert before <= recorded.recorded_at <= after
    assert recorded.recorded_at == await rival.fetchval("select recorded_at from event")


class Names:
    """A read model of who is called what: the real table, kept by the least code."""

    category = PLAYERS
    tables: Sequence[Table] = (player,)

    def kinds(self) -> Sequence[type[Event]]:
        return (SignedUp,)

    def statements(self, won: FromClause) -> Sequence[UpdateBase]:
        name = func.nullif(won.c.data["username"].astext, "")
        named = select(won.c.stream_id, name, name).where(won.c.type == "SignedUp")
        columns = [player.c.player_id, player.c.username, player.c.username_key]
        return (insert(player).from_select(columns, named),)


@pytest.fixture
def named(engine: AsyncEngine, bell: Bell) -> PostgresEventStore:
    return PostgresEventStore(engine, bell, [Names()])


async def names(rival: Rival) -> Sequence[tuple[str, str]]:
    return [(each["player_id"], each["username"]) for each in await rival.fetch("table player")]


async def test_a_read_model_is_written_with_its_events(
    named: PostgresEventStore, rival: Rival
) -> None:
    ann = a_stream_of(PLAYERS)

    await named.append(command(ann, 0, SignedUp("ann"), LoggedOutEverywhere()))

    assert await names(rival) == [(ann.name, "ann")]


async def test_a_conflict_changes_no_read_model(named: PostgresEventStore, rival: Rival) -> None:
    ann = a_stream_of(PLAYERS)
    await named.append(command(ann, 0, LoggedOutEverywhere()))

    with pytest.raises(VersionConflictError):
        await named.append(command(ann, 0, SignedUp("ann")))

    assert await names(rival) == []


async def test_a_name_that_is_taken_appends_nothing_and_rings_no_bell(
    named: PostgresEventStore, rival: Rival, bell: Bell
) -> None:
    ann, other = a_stream_of(PLAYERS), a_stream_of(PLAYERS)
    first = await named.append(command(ann, 0, SignedUp("ann")))

    with pytest.raises(TakenError):
        await named.append(command(other, 0, SignedUp("ann"), LoggedOutEverywhere()))

    assert await named.read(other) == []
    assert await names(rival) == [(ann.name, "ann")]
    assert bell.rung == [first]


async def test_a_read_model_that_breaks_another_rule_is_not_called_taken(
    named: PostgresEventStore,
) -> None:
    nameless = a_stream_of(PLAYERS)

    with pytest.raises(NotNullViolationError, match="null value"):
        await named.append(command(nameless, 0, SignedUp("")))

    assert await named.read(nameless) == []


async def test_events_of_other_categories_leave_a_read_model_alone(
    named: PostgresEventStore, rival: Rival
) -> None:
    await named.append(command(new_game(), 0, move(1)))

    assert await names(rival) == []
