"""Nobody changes the past, not even the owner of the database."""

import pytest
from asyncpg import RestrictViolationError

from tests.store.samples import Rival, command, move, new_game
from xogql.store.postgres import PostgresEventStore

ROW = "'game-1', 1, 'MoveMade', 1, '{}', 'ann', gen_random_uuid(), 0, 0"
COLUMNS = "stream_id, version, type, schema_version, data, actor, command_id, ordinal, fingerprint"
CHANGE = "do update set data = '{}'"
FORBIDDEN = [
    "update event set data = '{}'",
    "update event set version = version + 1 where false",
    "delete from event",
    "delete from event where false",
    "truncate event",
    "truncate game, event restart identity cascade",
    "with deleted as (delete from event returning *) select * from deleted",
    f"insert into event ({COLUMNS}) values ({ROW}) on conflict (stream_id, version) {CHANGE}",
    "merge into event using (select 1) as one on true when matched then delete",
]


async def test_the_database_refuses_to_change_the_past(
    store: PostgresEventStore, rival: Rival
) -> None:
    stream = new_game()
    recorded = await store.append(command(stream, 0, move(1), move(2)))

    for statement in FORBIDDEN:
        with pytest.raises(RestrictViolationError, match="append-only"):
            await rival.execute(statement)

    assert await store.read(stream) == recorded


async def test_the_tests_ask_as_a_superuser(rival: Rival) -> None:
    assert await rival.fetchval("show is_superuser") == "on"
