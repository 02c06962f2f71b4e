"""Every connection is killed again and again while commands are given: each goes in once."""

import asyncio
from collections.abc import Sequence
from random import Random

import pytest

from tests.store.samples import Bell, Rival, command, insist, move, new_game
from xogql.game import Event
from xogql.store.event_store import Append, EventStore, Stream
from xogql.store.postgres import PostgresEventStore

KILL_ALL = """
select count(pg_terminate_backend(pid)) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
PLAYERS, COMMANDS, KILLS = 8, 60, 40


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


async def kill(rival: Rival, given: asyncio.Semaphore) -> None:
    """Kill all connections of others each time that some commands have gone in."""
    for _ in range(KILLS):
        for _ in range(PLAYERS * COMMANDS // KILLS):
            await given.acquire()
        await rival.execute(KILL_ALL)


@pytest.mark.parametrize("seed", range(2))
async def test_every_command_goes_in_once_while_connections_are_killed(
    store: PostgresEventStore, rival: Rival, bell: Bell, seed: int
) -> None:
    dice, given = Random(seed), asyncio.Semaphore(0)
    asked = {stream: commands_for(stream, dice) for stream in [new_game() for _ in range(PLAYERS)]}

    async with asyncio.TaskGroup() as group:
        group.create_task(kill(rival, given))
        for commands in asked.values():
            group.create_task(give(store, commands, given))

    for stream, commands in asked.items():
        recorded = await store.read(stream)
        assert [(each.command_id, each.event) for each in recorded] == [
            (each.command_id, event) for each in commands for event in each.events
        ]
    rung = [each[0].command_id for each in bell.rung]
    assert len(rung) == len(set(rung)) < PLAYERS * COMMANDS
