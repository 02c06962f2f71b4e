"""Commands that are committed together: whole, once, and none for another's fault."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from random import Random

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.samples import (
    Bell,
    Rival,
    a_stream_of,
    command,
    move,
    new_game,
    outcomes,
    until_waited_for,
)
from tests.store.test_postgres import APPEND_AS_A_RIVAL, Names
from xogql.game import Event
from xogql.player import SignedUp
from xogql.store import batches
from xogql.store.codec import PLAYERS
from xogql.store.event_store import (
    Append,
    Stream,
    TakenError,
    UnavailableError,
    VersionConflictError,
)
from xogql.store.postgres import PostgresEventStore

COMMITS = "select count(distinct xmin::text) from event"


async def test_commands_of_one_moment_share_a_commit(
    store: PostgresEventStore, rival: Rival
) -> None:
    given = [command(new_game(), 0, move(1), move(2)) for _ in range(40)]

    recorded = await asyncio.gather(*map(store.append, given))

    assert await rival.fetchval(COMMITS) == 1
    for each, events in zip(given, recorded, strict=True):
        assert await store.read(each.stream) == events
        assert [one.event for one in events] == [*each.events]


async def test_commands_that_come_while_others_are_committed_go_together_in_the_next(
    store: PostgresEventStore, rival: Rival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "SLOW", 60)
    async with asyncio.TaskGroup() as group, rival.transaction():
        await rival.execute("lock table event in share mode")
        group.create_task(store.append(command(new_game(), 0, move(1))))
        await until_waited_for(rival)
        for _ in range(20):
            group.create_task(store.append(command(new_game(), 0, move(1))))

    assert await rival.fetchval(COMMITS) == 2


async def test_a_batch_has_one_command_of_a_stream(store: PostgresEventStore) -> None:
    stream, other = new_game(), new_game()
    rivals = [command(stream, 0, move(number)) for number in range(10)]

    *found, free = await outcomes(
        [store.append(each) for each in [*rivals, command(other, 0, move(1))]]
    )

    lost = [each for each in found if isinstance(each, VersionConflictError)]
    assert len(lost) == 9
    assert not isinstance(free, BaseException)
    assert len(await store.read(stream)) == 1


async def test_who_is_refused_takes_no_other_along(engine: AsyncEngine, bell: Bell) -> None:
    named = PostgresEventStore(engine, bell, [Names()])
    names = ["ann", "bob", "bob", "eve", ""]

    found = await outcomes(
        [named.append(command(a_stream_of(PLAYERS), 0, SignedUp(each))) for each in names]
    )

    refused = [type(each) for each in found if isinstance(each, BaseException)]
    assert len(refused) == 2
    assert TakenError in refused
    assert len(bell.rung) == 3


async def test_a_command_that_hangs_does_not_hold_up_the_next(
    store: PostgresEventStore, rival: Rival
) -> None:
    hung, free = new_game(), new_game()
    transaction = rival.transaction()
    await transaction.start()
    await rival.execute(APPEND_AS_A_RIVAL, hung.name, 1)
    waiting = asyncio.ensure_future(store.append(command(hung, 0, move(1))))
    await until_waited_for(rival)

    await store.append(command(free, 0, move(1)))

    assert not waiting.done()
    await transaction.rollback()
    await waiting


async def test_commands_that_change_read_models_hold_up_no_others(
    engine: AsyncEngine, bell: Bell, rival: Rival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "SLOW", 60)
    named = PostgresEventStore(engine, bell, [Names()])
    async with rival.transaction():
        await rival.execute("lock table player in share row exclusive mode")
        waiting = asyncio.ensure_future(
            named.append(command(a_stream_of(PLAYERS), 0, SignedUp("ann")))
        )
        await until_waited_for(rival)

        await named.append(command(new_game(), 0, move(1)))

        assert not waiting.done()
    await waiting


async def test_who_has_left_is_not_written(
    store: PostgresEventStore, rival: Rival, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "SLOW", 60)
    gone = new_game()
    async with asyncio.TaskGroup() as group, rival.transaction():
        await rival.execute("lock table event in share mode")
        group.create_task(store.append(command(new_game(), 0, move(1))))
        await until_waited_for(rival)
        leaving = group.create_task(store.append(command(gone, 0, move(1))))
        await asyncio.sleep(0)
        leaving.cancel()
    await store.append(command(new_game(), 0, move(1)))

    assert await store.read(gone) == []


async def test_too_many_that_wait_are_refused(
    store: PostgresEventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "WAITING", 5)

    found = await outcomes([store.append(command(new_game(), 0, move(1))) for _ in range(8)])

    assert sum(isinstance(each, UnavailableError) for each in found) == 3


STREAMS, COMMANDS, SEED = 6, 60, 11


async def play(
    log: PostgresEventStore, streams: Sequence[Stream[Event]], dice: Random
) -> list[Append[Event]]:
    """Append commands of one or two events past what is there, wherever others do so, too."""
    won: list[Append[Event]] = []
    for _ in range(COMMANDS):
        stream = dice.choice(streams)
        version = len(await log.read(stream)) + dice.choice([0, 0, 0, -1, 1])
        events = [move(dice.randrange(361)) for _ in range(dice.randint(1, 2))]
        given = command(stream, max(0, version), *events)
        with suppress(VersionConflictError):
            await log.append(given)
            won.append(given)
            await log.append(given)
            pytest.fail("a command was carried out twice")
    return won


async def test_two_processes_race_and_every_command_is_whole_or_absent(
    store: PostgresEventStore, other_engine: AsyncEngine, bell: Bell
) -> None:
    other = PostgresEventStore(other_engine, bell)
    streams = [new_game() for _ in range(STREAMS)]

    players = [play(log, streams, Random(SEED + at)) for at in range(8) for log in (store, other)]
    won = [each for player in await asyncio.gather(*players) for each in player]

    for stream, found in (await store.read_many(dict.fromkeys(streams, 0))).items():
        assert [each.version for each in found] == [*range(1, len(found) + 1)]
        commands = [each for each in won if each.stream == stream]
        commands.sort(key=lambda each: each.expected_version)
        assert [(each.command_id, each.event) for each in found] == [
            (each.command_id, event) for each in commands for event in each.events
        ]
    assert won
