"""No statement of the log is kept planned to read the whole table, however small that once was.

The server itself tells how it ran the store's statements, on the store's own connection: plans
that are made once for all values, and kept, are seen as they are.
"""

import asyncio
import re
from collections.abc import Mapping
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.samples import Rival, command, move, new_game
from tests.store.told import BY_THEN_A_PLAN_IS_KEPT, telling_plans
from xogql.store import postgres
from xogql.store.codec import GAMES
from xogql.store.postgres import PostgresEventStore

FILL = """
insert into event
  (stream_id, version, type, schema_version, data, actor, command_id, ordinal, fingerprint)
select 'game-' || md5(game::text)::uuid, version, 'MoveMade', 1,
  '{"cell": {"row": 1, "column": 2}, "mark": "X"}', 'player-0193a5b0', gen_random_uuid(), 0, 0
from generate_series(1, $1::int / 10) game, generate_series(1, 10) version
"""
SIGNS: Mapping[str, str] = {
    "append": "INSERT INTO event",
    "read_many": "AS news",
    "grown": "AS newest",
    "find": "event.fingerprint",
    "scan": "= ANY",
    "read": "event.version <=",
}
"""By what the text of a statement is known, the telling ones first."""
COMMANDS_KEY = "event_stream_id_command_id_ordinal_key"


@pytest.fixture
def plans(engine: AsyncEngine) -> list[str]:
    return telling_plans(engine)


async def use(log: PostgresEventStore) -> None:
    """Ask all that a log can be asked, until each plan is kept."""
    stream, other, *more = (new_game() for _ in range(5))
    for version in range(BY_THEN_A_PLAN_IS_KEPT):
        await log.append(command(stream, version, move(version)))
        await asyncio.gather(*(log.append(command(each, version, move(1))) for each in more))
        await log.read(stream, after=version)
        await log.read_many({stream: version, other: 0})
        await log.find(stream, uuid4())
        await log.grown({stream.name: version, other.name: 0})
        await anext(log.scan(GAMES, GAMES.kinds))


def scans(plans: list[str]) -> dict[str, set[str]]:
    """How `event` was read for each statement of the log: by which index, or whole."""
    found: dict[str, set[str]] = {name: set() for name in SIGNS}
    for plan in plans:
        for name in [name for name, sign in SIGNS.items() if sign in plan][:1]:
            found[name].update(re.findall(r"Seq Scan on event|event_\w+_key|event_pkey", plan))
    return found


@pytest.mark.parametrize("rows", [0, 1000, 50_000])
async def test_every_plan_that_is_kept_uses_a_key(
    store: PostgresEventStore,
    rival: Rival,
    plans: list[str],
    monkeypatch: pytest.MonkeyPatch,
    rows: int,
) -> None:
    monkeypatch.setattr(postgres, "PAGE", 10)
    if rows:
        await rival.execute(FILL, rows)
        await rival.execute("analyze event")
    await use(store)
    plans.clear()

    await use(store)

    found, by_version, by_command = scans(plans), {"event_pkey"}, {COMMANDS_KEY}
    assert found.pop("find") == by_command
    assert found.pop("scan") in (by_version, by_command)  # both begin with the stream
    assert found == dict.fromkeys(["append", "read", "read_many", "grown"], by_version)


async def test_autovacuum_leaves_the_table_without_statistics_while_it_is_small(
    rival: Rival,
) -> None:
    settings = await rival.fetchval("select reloptions from pg_class where relname = 'event'")

    assert set(settings) == {
        "autovacuum_analyze_threshold=1000",
        "autovacuum_vacuum_threshold=1000",
    }


async def test_a_plan_kept_from_when_the_table_was_empty_is_given_up_when_it_is_analyzed(
    store: PostgresEventStore, rival: Rival, plans: list[str]
) -> None:
    await rival.execute("vacuum analyze event")
    await use(store)
    assert "Seq Scan on event" in scans(plans)["append"]

    await rival.execute(FILL, 1000)
    await rival.execute("analyze event")
    plans.clear()
    await use(store)

    assert scans(plans)["append"] == {"event_pkey"}
