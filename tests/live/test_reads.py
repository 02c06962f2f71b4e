"""How followers share their reads of the log, and what becomes of those that fail."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TypeVar

import pytest

from tests.live.processes import (
    NOWHERE,
    append,
    new_stream,
    take,
    until,
    versions,
)
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.feed import Feed
from xogql.store.codec import Event
from xogql.store.event_store import (
    EventStoreError,
    OutcomeUnknownError,
    Recorded,
    Ring,
    Stream,
    UnavailableError,
)
from xogql.store.memory import MemoryEventStore

E = TypeVar("E")


class HeldStore(MemoryEventStore):
    """Its reads see the log as it is when they begin, and answer when they are let go."""

    def __init__(self, ring: Ring) -> None:
        super().__init__(ring)
        self.begun = 0
        self.let_go = asyncio.Event()

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        found = await super().read_many(streams, most=most)
        self.begun += 1
        await self.let_go.wait()
        return found


def silence(recorded: Sequence[Recorded[Event]]) -> None:
    """Ring nothing, as another process does whose hints are lost."""


async def test_a_follower_cancelled_while_it_reads_lets_the_next_one_read() -> None:
    bell, store, stream = Bell(PostgresBackend(NOWHERE)), HeldStore(silence), new_stream()
    feed = Feed(store, bell.wakeups, bell.tails)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        first, second = [tasks.create_task(take(feed, stream, 1)) for _ in range(2)]
        await until(lambda: store.begun)
        first.cancel()
        await asyncio.wait([first])
        assert not second.done()
        store.let_go.set()
        await append(store, stream)
        bell.wakeups.wake(stream.name, 1)
    assert versions(second.result()) == [1]
    assert bell.tails._tails == {}


async def test_a_move_made_during_the_first_read_is_not_missed() -> None:
    bell, stream = Bell(PostgresBackend(NOWHERE)), new_stream()
    store = HeldStore(bell.ring)
    feed = Feed(store, bell.wakeups, bell.tails)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = tasks.create_task(take(feed, stream, 1))
        await until(lambda: store.begun)
        await append(store, stream)
        store.let_go.set()
    assert versions(following.result()) == [1]


async def test_a_read_that_began_before_a_follower_came_proves_nothing_to_it() -> None:
    bell, store, stream = Bell(PostgresBackend(NOWHERE)), HeldStore(silence), new_stream()
    feed = Feed(store, bell.wakeups, bell.tails)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        early = tasks.create_task(take(feed, stream, 1))
        await until(lambda: store.begun)
        await append(store, stream)
        late = tasks.create_task(take(feed, stream, 1))
        await until(lambda: len(bell.wakeups._sleepers[stream.name]) == 2)
        store.let_go.set()
        await asyncio.wait([late])
        bell.wakeups.wake(stream.name, 1)
    assert versions(late.result()) == versions(early.result()) == [1]


async def test_a_move_made_here_hides_none_made_elsewhere() -> None:
    """Both wake the follower at once, and only the first is in the tail."""
    bell, store, stream = Bell(PostgresBackend(NOWHERE)), HeldStore(silence), new_stream()
    store.let_go.set()
    feed = Feed(store, bell.wakeups, bell.tails)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = tasks.create_task(take(feed, stream, 2))
        await until(lambda: store.begun)
        bell.ring(await append(store, stream))
        await append(store, stream, after=1)
        bell.wakeups.wake(stream.name, 2)
    assert versions(following.result()) == [1, 2]


async def test_streams_that_grow_at_once_are_read_at_once() -> None:
    bell, store = Bell(PostgresBackend(NOWHERE)), HeldStore(silence)
    feed, streams = Feed(store, bell.wakeups, bell.tails), [new_stream() for _ in range(10)]
    store.let_go.set()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(take(feed, each, 1)) for each in streams]
        await until(lambda: len(bell.wakeups.followed()) == len(streams) and store.begun)
        before = store.begun
        for each in streams:
            await append(store, each)
        for each in streams:
            bell.wakeups.wake(each.name, 1)
    assert [versions(each.result()) for each in following] == [[1]] * len(streams)
    assert store.begun == before + 1


async def test_who_asks_again_for_a_stream_whose_first_reader_left_is_answered() -> None:
    bell, store, stream = Bell(PostgresBackend(NOWHERE)), HeldStore(silence), new_stream()
    other, feed = new_stream(), Feed(store, bell.wakeups, bell.tails)
    await append(store, stream, count=3)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        held = tasks.create_task(take(feed, other, 1))
        await until(lambda: store.begun)
        leaving = tasks.create_task(take(feed, stream, 1))
        await until(lambda: len(bell.wakeups.followed()) == 2)
        await asyncio.sleep(0)
        leaving.cancel()
        late = tasks.create_task(take(feed, stream, 1, after=2))
        await until(lambda: bell.wakeups.followed().get(stream.name) == 2)
        await append(store, other)
        store.let_go.set()
        bell.wakeups.wake(other.name, 1)
    assert versions(held.result()) == [1]
    assert versions(late.result()) == [3]


@pytest.mark.parametrize("failure", [UnavailableError, OutcomeUnknownError])
async def test_a_failing_read_is_tried_again(failure: type[EventStoreError]) -> None:
    class FailingStore(MemoryEventStore):
        failures = 3

        async def read_many(
            self, streams: Mapping[Stream[E], int], *, most: int | None = None
        ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
            if self.failures:
                self.failures -= 1
                raise failure
            return await super().read_many(streams, most=most)

    bell, stream = Bell(PostgresBackend(NOWHERE)), new_stream()
    store = FailingStore(bell.ring)
    store.failures = 0
    await append(store, stream, count=2)
    store.failures = 3
    feed = Feed(store, bell.wakeups, bell.tails)
    assert versions(await take(feed, stream, 2)) == [1, 2]
    assert store.failures == 0
