"""Everything at once: connections die at random while many write and many follow."""

import asyncio
from random import Random

import asyncpg
import pytest

from tests.live.processes import (
    Games,
    Process,
    command,
    new_stream,
    process,
    take,
)
from xogql import game
from xogql.game import Cell, Mark, MoveMade
from xogql.live.listener import LISTENER
from xogql.live.notifier import NOTIFIER
from xogql.store.event_store import (
    EventStore,
    OutcomeUnknownError,
    UnavailableError,
    VersionConflictError,
)

WRITERS = 8
APPENDS = 60
BELLS = (LISTENER, NOTIFIER)

_KILL = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
  and random() < $1 and (application_name = any($2) or $3)
"""


async def persist(store: EventStore, stream: Games, event: game.Event) -> None:
    """Append one event, whoever else appends and whatever breaks: exactly once, by its id."""
    request = command(stream, 0, [event])
    while True:
        try:
            if await store.find(stream, request.command_id):
                return
            version = len(await store.read(stream))
            await store.append(request._replace(expected_version=version))
        except (VersionConflictError, OutcomeUnknownError, UnavailableError):
            await asyncio.sleep(0.005)
        else:
            return


async def kill(url: str, dice: Random, *, everything: bool) -> None:
    """Kill some of the connections every now and then."""
    connection = await asyncpg.connect(url)
    try:
        while True:
            await connection.execute(_KILL, dice.uniform(0.2, 0.8), BELLS, everything)
            await asyncio.sleep(dice.uniform(0.02, 0.3))
    finally:
        await connection.close()


async def write(processes: list[Process], streams: list[Games], writer: int) -> None:
    stream = streams[writer % len(streams)]
    for number in range(APPENDS):
        store = processes[(writer + number) % len(processes)].store
        await persist(store, stream, MoveMade(Mark.X, Cell(writer, number)))


@pytest.mark.parametrize("everything", [False, True], ids=["the bell's", "all"])
async def test_exactly_once_and_in_order_while_connections_are_killed(
    database_url: str, *, everything: bool
) -> None:
    streams = [new_stream() for _ in range(4)]
    length = APPENDS * WRITERS // len(streams)
    async with (
        process(database_url, backstop=1.0) as here,
        process(database_url, backstop=1.0) as there,
        asyncio.timeout(110),
        asyncio.TaskGroup() as tasks,
    ):
        killing = tasks.create_task(kill(database_url, Random(3), everything=everything))
        following = [
            (stream, tasks.create_task(take(each.feed, stream, length)))
            for each in (here, there) * 2
            for stream in streams
        ]
        await asyncio.gather(*(write([here, there], streams, each) for each in range(WRITERS)))
        await asyncio.wait([each for _, each in following])
        killing.cancel()
    assert len(following) == 16
    for stream, each in following:
        seen = each.result()
        assert [recorded.version for recorded in seen] == list(range(1, length + 1))
        assert len({recorded.command_id for recorded in seen}) == length
        assert {recorded.stream for recorded in seen} == {stream.name}
    assert here.is_idle()
    assert there.is_idle()
