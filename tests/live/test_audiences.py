"""Audiences: each member is told each event past its cursor once and in order, written once."""

import asyncio
from random import Random

import pytest

from tests.live.processes import (
    HOUR,
    Games,
    Process,
    append,
    new_stream,
    process,
    take,
    until,
    without_bell,
)
from xogql import game
from xogql.live.audiences import AT_ONCE, Audiences
from xogql.store.codec import UnknownEventError
from xogql.store.event_store import Recorded

LAST = 40


class Versions:
    """A Script that says versions. *waits*: whether writing takes its time."""

    def __init__(self, stream: Games, after: int, *, waits: bool = False) -> None:
        self.stream = stream
        self.after = after
        self.written = 0
        self._waits = waits

    @property
    def is_over(self) -> bool:
        return self.after == LAST

    def take(self, recorded: Recorded[game.Event]) -> None:
        assert recorded.version == self.after + 1
        self.after = recorded.version

    def text(self) -> bytes | None:
        return None if self._waits else self._written()

    async def text_in_time(self) -> bytes:
        await asyncio.sleep(0)
        return self._written()

    def _written(self) -> bytes:
        self.written += 1
        return str(self.after).encode()


class Broken(Versions):
    """Cannot go on."""

    def take(self, recorded: Recorded[game.Event]) -> None:
        raise LookupError(recorded)


class Listening:
    """A Member that sometimes does not take what it is told, and then comes back."""

    def __init__(self, after: int, dice: Random | None = None) -> None:
        self.after = after
        self.told: list[int] = []
        self.missed = asyncio.Event()
        self.over = asyncio.Event()
        self.fault: Exception | None = None
        self._dice = dice

    def tell(self, text: bytes) -> bool:
        if self._dice and self._dice.random() < 0.2:
            self.missed.set()
            return False
        self.told.append(int(text))
        return True

    def finish(self) -> None:
        self.over.set()

    def fail(self, fault: Exception) -> None:
        self.fault = fault
        self.over.set()


class Hall:
    """Audiences of one process, all told versions of one stream."""

    def __init__(self, there: Process, stream: Games, *, waits: bool = False) -> None:
        self.audiences = Audiences(there.feed, there.bell)
        self.scripts: list[Versions] = []
        self._there = there
        self._stream = stream
        self._waits = waits

    def joined(self, member: Listening) -> bool:
        script = Versions(self._stream, member.after, waits=self._waits)
        self.scripts.append(script)
        return member in self.audiences.join("all", script, member).members

    async def visit(self, member: Listening) -> None:
        """Follow to the end, alone where there is something to catch up with."""
        while not member.over.is_set():
            member.missed.clear()
            if self.joined(member):
                await _either(member.missed, member.over)
            else:
                for each in await take(self._there.feed, self._stream, 1, after=member.after):
                    member.told.append(each.version)
                    member.after = each.version


async def _either(*events: asyncio.Event) -> None:
    waiting = [asyncio.ensure_future(each.wait()) for each in events]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("size", [1, 3, 2 * AT_ONCE + 1])
async def test_all_are_told_all_and_each_event_is_written_once(
    database_url: str, size: int, *, waits: bool
) -> None:
    stream, members = new_stream(), [Listening(0) for _ in range(size)]
    async with process(database_url) as here:
        hall = Hall(here, stream, waits=waits)
        assert all(hall.joined(each) for each in members)
        for version in range(LAST):
            await append(here.store, stream, after=version)
        async with asyncio.timeout(20):
            await asyncio.gather(*(each.over.wait() for each in members))
        assert here.is_idle()

    assert all(each.told == list(range(1, LAST + 1)) for each in members)
    assert sum(each.written for each in hall.scripts) == LAST


async def test_what_others_append_is_told_by_a_hint_and_read_once(database_url: str) -> None:
    stream, members = new_stream(), [Listening(0) for _ in range(3)]
    async with process(database_url) as here, process(database_url) as there:
        await here.is_listening()
        hall = Hall(here, stream)
        assert all(hall.joined(each) for each in members)
        await append(there.store, stream, count=LAST)
        async with asyncio.timeout(20):
            await asyncio.gather(*(each.over.wait() for each in members))
        assert here.store.reads <= 2

    assert all(each.told == list(range(1, LAST + 1)) for each in members)


async def test_a_lost_hint_is_made_good_by_the_backstop(database_url: str) -> None:
    stream, member = new_stream(), Listening(0)
    async with process(database_url, backstop=0.1) as here:
        assert Hall(here, stream).joined(member)
        await append(without_bell(here), stream, count=LAST)
        async with asyncio.timeout(20):
            await member.over.wait()

    assert member.told == list(range(1, LAST + 1))


async def test_who_is_behind_is_not_let_in(database_url: str) -> None:
    stream, first, second = new_stream(), Listening(2), Listening(1)
    async with process(database_url, backstop=HOUR) as here:
        await append(here.store, stream, count=2)
        hall = Hall(here, stream)
        assert hall.joined(first)
        assert not hall.joined(second)


async def test_who_cannot_take_it_leaves_and_stops_nobody(database_url: str) -> None:
    stream, quick = new_stream(), Listening(0)
    slow = Listening(0, _Never())
    async with process(database_url) as here:
        hall = Hall(here, stream)
        assert hall.joined(slow)
        assert hall.joined(quick)
        await append(here.store, stream, count=LAST)
        async with asyncio.timeout(20):
            await quick.over.wait()

    assert (quick.told, slow.told) == (list(range(1, LAST + 1)), [])
    assert not slow.over.is_set()


async def test_nothing_is_left_of_an_audience_that_left(database_url: str) -> None:
    stream, members = new_stream(), [Listening(0) for _ in range(2)]
    async with process(database_url) as here:
        hall = Hall(here, stream)
        audience = None
        for each in members:
            audience = hall.audiences.join("all", Versions(stream, 0), each)
        assert audience is not None
        for each in members:
            audience.leave(each)
        await until(lambda: not here.bell.errands._tasks)
        assert here.is_idle()


async def test_what_cannot_be_told_does_not_concern_who_appends(database_url: str) -> None:
    stream, member = new_stream(), Listening(0)
    async with process(database_url) as here:
        audiences = Audiences(here.feed, here.bell)
        assert audiences.join("all", Broken(stream, 0), member) is not None
        await until(lambda: not here.bell.errands._tasks)
        assert await append(here.store, stream)
        assert here.is_idle()

    assert isinstance(member.fault, LookupError)


async def test_what_cannot_be_read_is_told_to_all(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, members = new_stream(), [Listening(0) for _ in range(2)]

    async def refuse(*_given: object, **_more: object) -> None:
        kind = "Later"
        raise UnknownEventError(kind, 1)

    async with process(database_url) as here:
        monkeypatch.setattr(here.store, "read_many", refuse)
        hall = Hall(here, stream)
        assert all(hall.joined(each) for each in members)
        async with asyncio.timeout(20):
            await asyncio.gather(*(each.over.wait() for each in members))
        assert here.is_idle()

    assert all(isinstance(each.fault, UnknownEventError) for each in members)


@pytest.mark.parametrize("seed", range(4))
async def test_whoever_comes_whenever_is_told_the_rest_once_and_in_order(
    database_url: str, seed: int
) -> None:
    dice, stream = Random(seed), new_stream()
    async with process(database_url) as here, process(database_url) as there:
        await here.is_listening()
        hall = Hall(here, stream, waits=bool(seed % 2))
        version, members = 0, [Listening(0, dice) for _ in range(4)]
        starts = [0] * 4
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            for each in members[:]:
                group.create_task(hall.visit(each))
            while version < LAST:
                count = min(dice.randint(1, 3), LAST - version)
                store = dice.choice([here, there]).store
                await append(store, stream, after=version, count=count)
                version += count
                if version < LAST:
                    starts.append(dice.randint(0, version))
                    members.append(Listening(starts[-1], dice))
                    group.create_task(hall.visit(members[-1]))
                await asyncio.sleep(dice.uniform(0, 0.01))
        assert here.is_idle()

    told = [each.told for each in members]
    assert told == [list(range(start + 1, LAST + 1)) for start in starts]


class _Never(Random):
    def random(self) -> float:
        return 0.0
