"""No statement of the log ever reads the whole table, however small it was when it was planned.

The server itself tells how it ran the statements of the store, on the connections of the store:
plans that are made for all values and kept are seen as they are.
"""

import re
from collections.abc import AsyncGenerator

import pytest
from asyncpg import PostgresLogMessage
from sqlalchemy import event as happening
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.samples import Rival, command, move, new_game
from xogql.store import postgres
from xogql.store.codec import GAMES
from xogql.store.engine import make_engine
from xogql.store.postgres import PostgresEventStore
from tests.store.samples import Bell
from uuid import uuid4

TELL_PLANS = """
load 'auto_explain';
set auto_explain.log_min_duration = 0;
set auto_explain.log_level = notice;
"""
FILL = """
insert into event
  (stream_id, version, type, schema_version, data, actor, command_id, ordinal, fingerprint)
select 'game-' || md5(game::text)::uuid, version, 'MoveMade', 1,
  '{"cell": {"row": 1, "column": 2}, "mark": "X"}', 'player-0193a5b0', gen_random_uuid(), 0, 0
from generate_series(1, $1 / 10) game, generate_series(1, 10) version
"""
BY_THEN_A_PLAN_IS_KEPT = 8
"""Postgres plans a prepared statement five times for its values before it keeps one for all."""


@pytest.fixture
async def plans(database_url: str) -> list[str]:
    """How the statements on `explained` were run."""
    return []


@pytest.fixture
async def explained(database_url: str, plans: list[str]) -> AsyncGenerator[PostgresEventStore]:
    """A log on one connection, which tells how its statements are run."""
    engine = make_engine(database_url, pool_size=1)

    def listen(connection: DBAPIConnection, _: object) -> None:
        connection.driver_connection.add_log_listener(
            lambda _, message: plans.append(message.message)
        )
        connection.run_async(lambda driver: driver.execute(TELL_PLANS))

    happening.listen(engine.sync_engine, "connect", listen)
    yield PostgresEventStore(engine, Bell())
    await engine.dispose()


async def use(log: PostgresEventStore, times: int = BY_THEN_A_PLAN_IS_KEPT) -> None:
    """Do all that a log can do, again and again."""
    stream, other = new_game(), new_game()
    for version in range(0, 2 * times, 2):
        await log.append(command(stream, version, move(1), move(2)))
        await log.read(stream, after=version)
        await log.read_many({stream: version, other: 0})
        await log.find(stream, uuid4())
        await log.grown({stream.name: version, other.name: 0})
        assert [page async for page in log.scan(GAMES, GAMES.kinds)]


def indexes_for(plans: list[str], part: str) -> set[str]:
    """Which indexes of `event` the statements use that contain this *part*."""
    chosen = [plan for plan in plans if part in plan]
    return {index for plan in chosen for index in re.findall(r"event_\w+", plan)}


