import asyncio
import logging
from collections.abc import Mapping
from contextlib import AsyncExitStack

import pytest

from tests.live.processes import (
    NOWHERE,
    Moves,
    Pair,
    Process,
    append,
    new_stream,
    process,
    take,
    until,
    versions,
    without_bell,
)
from xogql.live import bell as bells
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.store.memory import MemoryEventStore


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "in another process"])
async def test_a_move_made_the_instant_a_follower_begins_is_never_missed(
    two: Pair, *, elsewhere: bool
) -> None:
    here, there = two[0], two[elsewhere]
    there.store.latency = 0.01

    async def race(number: int) -> None:
        stream = new_stream()
        first, second = take(there.feed, stream, 1), append(here.store, stream)
        if number % 2:
            first, second = second, first
        beginning = asyncio.ensure_future(first)
        for _ in range(number % 20):
            await asyncio.sleep(0)
        assert versions(await second) == [1]
        assert versions(await beginning) == [1]

    for batch in range(0, 1_000, 20):
        await asyncio.gather(*(race(number) for number in range(batch, batch + 20)))
    assert there.is_idle()


async def test_an_append_reaches_a_follower_in_another_process(two: Pair) -> None:
    here, there = two
    stream = new_stream()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = tasks.create_task(take(there.feed, stream, 30))
        await there.sleeps(stream)
        for version in range(0, 30, 3):
            await append(here.store, stream, after=version, count=3)
    assert versions(following.result()) == list(range(1, 31))
    assert there.is_idle()


async def test_processes_take_turns_at_one_stream(two: Pair) -> None:
    """As two players do: each tail has only its own process's moves."""
    stream = new_stream()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(each.feed, stream, 40)) for each in two * 2]
        for each in two:
            await each.sleeps(stream, followers=2)
        for version in range(40):
            await append(two[version % 2].store, stream, after=version)
    assert all(versions(each.result()) == list(range(1, 41)) for each in following)


async def test_two_thousand_streams_ring_at_once(two: Pair) -> None:
    here, there = two
    streams = [new_stream() for _ in range(2_000)]
    recorded: list[Moves] = []
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(there.feed, each, 1)) for each in streams]
        await there.sleeps(*streams)
        # Appended in silence, then rung all at once: the notifier has one batch of many pieces.
        quiet = without_bell(here)
        for batch in range(0, 2_000, 100):
            appending = [append(quiet, each) for each in streams[batch : batch + 100]]
            recorded += await asyncio.gather(*appending)
        for each in recorded:
            here.bell.ring(each)
    assert all(versions(each.result()) == [1] for each in following)


async def test_a_topic_wakes_its_sleepers_in_every_process(two: Pair) -> None:
    here, there = two
    with (
        here.bell.wakeups.sleeping_on("lobby") as sleeper,
        there.bell.wakeups.sleeping_on("lobby") as far_sleeper,
    ):
        for _ in range(10):
            for each in (sleeper, far_sleeper):
                each.clear()
            async with asyncio.timeout(20):
                here.bell.publish("lobby")
                await sleeper.wait()
                await far_sleeper.wait()


async def test_ringing_neither_waits_nor_fails_whatever_the_state_of_the_bell(
    database_url: str,
) -> None:
    bell, stream = Bell(PostgresBackend(NOWHERE)), new_stream()
    store = MemoryEventStore(bell.ring)

    async def ring(version: int) -> None:
        appending = append(store, stream, after=version)
        with pytest.raises(StopIteration):  # it ran to its end without a suspension
            appending.send(None)

    await ring(0)
    async with bell.listening(store):
        await ring(1)
    await ring(2)


async def test_bugs_are_logged_and_survived(caplog: pytest.LogCaptureFixture) -> None:
    class BuggyStore(MemoryEventStore):
        bugs = 2

        async def grown(self, versions: Mapping[str, int]) -> Mapping[str, int]:
            if self.bugs:
                self.bugs -= 1
                raise ZeroDivisionError
            return await super().grown(versions)

    bell, stream = Bell(PostgresBackend(NOWHERE), backstop=0.05), new_stream()
    store = BuggyStore(bell.ring)
    with caplog.at_level(logging.ERROR, "xogql.live"), bell.wakeups.sleeping_on(stream.name, 0):
        async with bell.listening(store):
            await until(lambda: not store.bugs)
            with bell.wakeups.sleeping_on("lobby") as sleeper:
                sleeper.clear()
                async with asyncio.timeout(20):
                    await sleeper.wait()
    assert caplog.text.count("ZeroDivisionError") >= 2


async def test_a_failure_inside_the_block_comes_out_as_it_is(database_url: str) -> None:
    class OutageError(Exception):
        pass

    async def fail_in_its_block() -> None:
        async with process(database_url) as here:
            processes.append(here)
            await here.is_listening()
            raise OutageError

    processes: list[Process] = []
    tasks = asyncio.all_tasks()
    with pytest.raises(OutageError):
        await fail_in_its_block()
    (here,) = processes
    assert here.bell._broadcast._subscribers == {}
    assert not here.backend.healthy
    await until(lambda: asyncio.all_tasks() == tasks)


async def test_many_processes_come_and_go(database_url: str) -> None:
    stream = new_stream()
    async with process(database_url) as here:
        await here.is_listening()
        for version in range(5):
            async with AsyncExitStack() as stack:
                there = [await stack.enter_async_context(process(database_url)) for _ in range(3)]
                async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
                    following = [
                        tasks.create_task(take(each.feed, stream, version + 1)) for each in there
                    ]
                    await append(here.store, stream, after=version)
                assert all(len(each.result()) == version + 1 for each in following)


async def test_where_many_streams_are_followed_they_take_turns_in_being_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bells, "MOST_ASKED", 2)
    asked: list[Mapping[str, int]] = []

    class Observed(MemoryEventStore):
        async def grown(self, versions: Mapping[str, int]) -> Mapping[str, int]:
            asked.append(versions)
            return await super().grown(versions)

    bell, streams = Bell(PostgresBackend(NOWHERE), backstop=0.01), [new_stream() for _ in range(5)]
    store = Observed(_silence)
    async with asyncio.timeout(20), AsyncExitStack() as stack:
        for stream in streams:
            await append(store, stream)
        sleepers = [stack.enter_context(bell.wakeups.sleeping_on(each.name, 0)) for each in streams]
        for sleeper in sleepers:
            sleeper.clear()
        await stack.enter_async_context(bell.listening(store))
        for sleeper in sleepers:
            await sleeper.wait()

    assert {len(each) for each in asked} == {2, 1}
    assert {name for each in asked[:3] for name in each} == {each.name for each in streams}


def _silence(_: object) -> None:
    """Nobody is told."""
