"""Hints that are lost, doubled, late or forged change nothing."""

import asyncio
from random import Random

import asyncpg

from tests.live.processes import (
    NOWHERE,
    Pair,
    append,
    new_stream,
    process,
    take,
    versions,
    without_bell,
)
from tests.live.test_hints import GARBAGE
from xogql.live.broadcasting import CHANNEL
from xogql.live.hints import EVERYTHING
from xogql.live.wakeups import NEWEST


async def test_without_any_hint_the_backstop_delivers(database_url: str) -> None:
    deaf = process(database_url, listen_url=NOWHERE, backstop=0.1)
    async with process(database_url, listen_url=NOWHERE) as here, deaf as there:
        streams = [new_stream() for _ in range(20)]
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            following = [tasks.create_task(take(there.feed, each, 5)) for each in streams]
            await there.sleeps(*streams)
            for version in range(5):
                for each in streams:
                    await append(here.store, each, after=version)
        assert all(versions(each.result()) == [1, 2, 3, 4, 5] for each in following)
        assert not there.backend.healthy


async def test_hints_doubled_reordered_forged_and_garbage_change_nothing(two: Pair) -> None:
    here, there = two
    stream, dice = new_stream(), Random(7)
    nonsense = [payload for payload in GARBAGE if payload]
    stranger = await asyncpg.connect(there.backend._listener._dsn)

    async def disturb() -> None:
        while True:
            version = dice.choice([1, 2, 50, 100, 101, 10**6, NEWEST])
            true = [f"{stream.name}={version}", *dice.sample(nonsense, 3)] * 2
            dice.shuffle(true)
            for payload in (" ".join(true), *true):
                await stranger.execute("select pg_notify($1, $2)", CHANNEL, payload[:7_900])

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(there.feed, stream, 100)) for _ in range(4)]
        disturbing = tasks.create_task(disturb())
        for version in range(100):
            await append(here.store, stream, after=version)
        await asyncio.wait(following)
        disturbing.cancel()
    await stranger.close()
    assert all(versions(each.result()) == list(range(1, 101)) for each in following)
    assert there.backend.healthy
    assert there.is_idle()


async def test_a_forged_hint_costs_its_followers_one_read(two: Pair) -> None:
    _, there = two
    stream = new_stream()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(there.feed, stream, 1)) for _ in range(30)]
        await there.sleeps(stream, followers=30)
        before = there.store.reads
        there.bell.wakeups.wake(stream.name, NEWEST)
        await there.sleeps(stream, followers=30)
        assert there.store.reads <= before + 1
        for each in following:
            each.cancel()


async def test_the_backstop_wakes_topics_too(database_url: str) -> None:
    async with process(database_url, listen_url=NOWHERE, backstop=0.05) as here:
        with here.bell.wakeups.sleeping_on("lobby") as sleeper:
            for _ in range(3):
                sleeper.clear()
                async with asyncio.timeout(20):
                    await sleeper.wait()


async def test_in_doubt_the_log_is_asked_at_once(two: Pair) -> None:
    """Where too many hints came to be kept, one stands for all: it makes the bell ask."""
    here, there = two
    stream = new_stream()
    quiet = without_bell(here)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = tasks.create_task(take(there.feed, stream, 1))
        await there.sleeps(stream)
        await append(quiet, stream)
        there.backend._heard.add((f"game-{number}", 1) for number in range(10_001))
        await asyncio.wait([following])
    assert versions(following.result()) == [1]
    assert EVERYTHING[0] not in there.backend._heard._versions
