import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from tests.live.processes import (
    NOWHERE,
    Process,
    append,
    moves,
    new_stream,
    process,
    take,
    versions,
)
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.feed import PAGE, Feed
from xogql.live.tails import KEPT
from xogql.store.memory import MemoryEventStore


@pytest.fixture
async def here(database_url: str) -> AsyncGenerator[Process]:
    async with process(database_url) as here:
        yield here


async def test_history_then_news(here: Process) -> None:
    stream = new_stream()
    await append(here.store, stream, count=3)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = tasks.create_task(take(here.feed, stream, 6))
        await here.sleeps(stream)
        await append(here.store, stream, after=3)
        await append(here.store, stream, after=4, count=2)
    assert versions(following.result()) == [1, 2, 3, 4, 5, 6]
    assert [each.event for each in following.result()] == [*moves(3), *moves(1), *moves(2)]


async def test_after_is_exclusive(here: Process) -> None:
    stream = new_stream()
    await append(here.store, stream, count=5)
    assert versions(await take(here.feed, stream, 2, after=3)) == [4, 5]


async def test_a_cursor_past_the_end_waits_for_its_turn(here: Process) -> None:
    stream = new_stream()
    await append(here.store, stream, count=2)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = tasks.create_task(take(here.feed, stream, 1, after=3))
        await here.sleeps(stream)
        await append(here.store, stream, after=2)
        await append(here.store, stream, after=3)
    assert versions(following.result()) == [4]


async def test_a_long_history_is_read_in_pages(here: Process) -> None:
    stream, length = new_stream(), 2 * PAGE + 1
    await append(here.store, stream, count=length)
    assert versions(await take(here.feed, stream, length)) == list(range(1, length + 1))
    assert here.store.reads == 3


async def test_followers_of_moves_made_here_need_no_query(here: Process) -> None:
    stream, followers = new_stream(), 50
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(here.feed, stream, 20)) for _ in range(followers)]
        await here.sleeps(stream, followers=followers)
        at_first = here.store.reads
        for version in range(20):
            await append(here.store, stream, after=version)
    assert all(versions(each.result()) == list(range(1, 21)) for each in following)
    assert here.store.reads == at_first


async def test_followers_share_their_reads(here: Process) -> None:
    stream, followers = new_stream(), 100
    await append(here.store, stream, count=9)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(here.feed, stream, 10)) for _ in range(followers)]
        await here.sleeps(stream, followers=followers)
        assert here.store.reads <= 2
        here.bell.wakeups.wake(stream.name, 10)
        await here.sleeps(stream, followers=followers)
        assert here.store.reads <= 4
        await append(here.store, stream, after=9)
    assert all(versions(each.result()) == list(range(1, 11)) for each in following)


async def test_a_slow_follower_holds_a_cursor_and_no_backlog(here: Process) -> None:
    stream = new_stream()
    await append(here.store, stream, count=2)
    async with asyncio.timeout(60), aclosing(here.feed.follow(stream)) as events:
        assert (await anext(events)).version == 1
        for version in range(2, 10_002, 500):
            await append(here.store, stream, after=version, count=500)
        assert here.bell.wakeups.followed() == {stream.name: 1}
        (tail,) = here.bell.tails._tails.values()
        assert len(tail._events) == KEPT
        assert [(await anext(events)).version for _ in range(10_001)] == list(range(2, 10_003))


async def test_a_cancelled_follower_leaves_nothing_behind(here: Process) -> None:
    streams = [new_stream() for _ in range(10)]
    tasks = asyncio.all_tasks()
    following = [asyncio.ensure_future(take(here.feed, each, 1)) for each in streams * 3]
    await here.sleeps(*streams, followers=3)
    for each in following:
        each.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    assert here.is_idle()
    assert asyncio.all_tasks() == tasks


async def test_a_log_in_memory_is_followed_just_so() -> None:
    bell, stream = Bell(PostgresBackend(NOWHERE)), new_stream()
    store = MemoryEventStore(bell.ring)
    feed = Feed(store, bell.wakeups, bell.tails)
    await append(store, stream, count=2)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(feed, stream, 12)) for _ in range(5)]
        for version in range(2, 12):
            await append(store, stream, after=version)
            await asyncio.sleep(0)
    assert all(versions(each.result()) == list(range(1, 13)) for each in following)
