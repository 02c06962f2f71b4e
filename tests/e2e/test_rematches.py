"""A server is killed between the two appends of a rematch: it begins all the same, once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.e2e.clients import Match, begun, signed_up
from tests.e2e.servers import PATIENCE, ServerProcess, running
from tests.store.samples import Rival, until_waited_for
from xogql.game import GameId
from xogql.play.rematches import rematch_of

HOLD = """
insert into event
  (stream_id, version, type, schema_version, data, actor, command_id, ordinal, fingerprint)
values ($1, 1, 'GameCreated', 1, '{}', 'nobody', gen_random_uuid(), 0, 0)
"""
CUT = "select pg_terminate_backend(pid) from pg_stat_activity where $1 = any(pg_blocking_pids(pid))"
EVENTS = "select type from event where stream_id = $1 order by version"
LEFT = "select game_id from rematch"
AGREED = "RematchAgreed"


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Rival]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def types(database: Rival, game_id: str) -> list[str]:
    return [each["type"] for each in await database.fetch(EVENTS, game_id)]


async def killed_between(server: ServerProcess, database: Rival) -> tuple[Match, dict[str, Any]]:
    """Have a rematch accepted, and the server killed as the second game is about to be there.

    Give the first game, and what its acceptance was, which nobody has an answer to.
    """
    ann, bob = await signed_up(server, "ann"), await signed_up(server, "bob")
    match = await begun(ann, bob)
    await match.x.resign()
    await match.x.offer("REMATCH")
    accept = {"kind": "REMATCH", "commandId": str(uuid4())}
    holding = database.transaction()
    await holding.start()
    await database.execute(HOLD, rematch_of(GameId(match.id)))
    async with asyncio.TaskGroup() as group:
        group.create_task(unanswered(match, accept))
        await until_waited_for(database)
        await server.kill()
    await database.execute(CUT, await database.fetchval("select pg_backend_pid()"))
    await holding.rollback()
    return match, accept


async def unanswered(match: Match, accept: dict[str, Any]) -> None:
    with suppress(httpx.HTTPError):
        await match.o.accept(**accept)
        pytest.fail("there was an answer")


async def test_a_server_that_starts_begins_it(
    database_url: str, database: Rival, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path / "first") as server:
        match, _ = await killed_between(server, database)
    second = rematch_of(GameId(match.id))
    between = await types(database, second), await types(database, match.id)
    left = [each["game_id"] for each in await database.fetch(LEFT)]

    async with running(database_url, tmp_path / "second"), asyncio.timeout(PATIENCE):
        while not await types(database, second):
            pass

    assert between == ([], ["GameCreated", "PlayerJoined", "GameEnded", "OfferMade", AGREED])
    assert left == [second]
    assert await types(database, second) == ["GameCreated", "PlayerJoined"]
    assert await database.fetch(LEFT) == []


async def test_whoever_comes_back_is_in_it(
    database_url: str, database: Rival, tmp_path: Path
) -> None:
    """Two servers start, both players repeat what had no answer, and all of them begin it."""
    async with running(database_url, tmp_path / "first") as server:
        match, accept = await killed_between(server, database)
    second = rematch_of(GameId(match.id))

    async with (
        running(database_url, tmp_path / "second") as here,
        running(database_url, tmp_path / "third") as there,
    ):
        answers = await asyncio.gather(
            *(match.o.on(each).accept(**accept) for each in (here, there) * 5)
        )
        async with match.x.on(there).following(match.id, after=4, stay=True) as news:
            [told] = [each async for each in news]

    assert answers == [answers[0]] * 10
    assert answers[0]["game"] == told["game"]
    assert (told["__typename"], told["rematch"]["id"]) == (AGREED, second)
    assert await types(database, second) == ["GameCreated", "PlayerJoined"]
