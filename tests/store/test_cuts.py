"""Connections are cut again and again while commands are given: each command goes in once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import TypeAlias

import pytest
from sqlalchemy import event as happening
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

from tests.store.samples import Bell, Rival, command, insist, move, new_game
from xogql.game import Event
from xogql.store.event_store import Append, EventStore, Stream
from xogql.store.postgres import PostgresEventStore

KILL_ALL = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
PLAYERS, COMMANDS, CUTS = 8, 40, 20

Cut: TypeAlias = Callable[[], Awaitable[None]]
"""Cuts every connection that the log has at the moment."""


@pytest.fixture(params=["the server", "the network"])
def cut(request: pytest.FixtureRequest, engine: AsyncEngine, rival: Rival) -> Cut:
    lines: list[ConnectionPoolEntry] = []
    happening.listen(engine.sync_engine, "connect", lambda _, entry: lines.append(entry))

    async def by_the_server() -> None:
        await rival.execute(KILL_ALL)

    async def by_the_network() -> None:
        for line in lines:
            if line.driver_connection is not None:
                line.driver_connection._transport.abort()

    return by_the_server if request.param == "the server" else by_the_network


def commands_for(stream: Stream[Event], dice: Random) -> Sequence[Append[Event]]:
    """Commands of one or two events that follow one another."""
    commands: list[Append[Event]] = []
    version = 0
    for _ in range(COMMANDS):
        events = [move(version + number) for number in range(dice.randint(1, 2))]
        commands.append(command(stream, version, *events))
        version += len(events)
    return commands


async def give(
    log: EventStore, commands: Sequence[Append[Event]], given: asyncio.Semaphore
) -> None:
    for each in commands:
        recorded = await insist(log, each)
        assert [one.event for one in recorded] == [*each.events]
        given.release()


async def cut_at_times(cut: Cut, given: asyncio.Semaphore) -> None:
    for _ in range(CUTS):
        for _ in range(PLAYERS * COMMANDS // CUTS):
            await given.acquire()
        await cut()


async def test_every_command_goes_in_once_while_connections_are_cut(
    store: PostgresEventStore, other_engine: AsyncEngine, cut: Cut, bell: Bell
) -> None:
    dice, given = Random(7), asyncio.Semaphore(0)
    asked = {stream: commands_for(stream, dice) for stream in [new_game() for _ in range(PLAYERS)]}

    async with asyncio.TaskGroup() as group:
        group.create_task(cut_at_times(cut, given))
        for commands in asked.values():
            group.create_task(give(store, commands, given))

    found = await PostgresEventStore(other_engine, bell).read_many(dict.fromkeys(asked, 0))
    for stream, commands in asked.items():
        assert [(each.command_id, each.event) for each in found[stream]] == [
            (each.command_id, event) for each in commands for event in each.events
        ]
    rung = [each[0].command_id for each in bell.rung]
    assert len(rung) == len(set(rung))
