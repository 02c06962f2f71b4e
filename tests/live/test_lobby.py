"""One read answers all who watch a list, and a list that never rests is not read without end."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

import pytest

from xogql.live.lobby import TOPIC, Change, Lobby
from xogql.live.topics import PLAYING
from xogql.live.wakeups import Wakeups

PAUSE = 0.02


class Board:
    """A list that is another each time it is read."""

    def __init__(self) -> None:
        self.reads = 0

    async def read(self) -> Sequence[int]:
        self.reads += 1
        await asyncio.sleep(0)
        return [self.reads]


async def taken(lobby: Lobby[int], wakeups: Wakeups, topic: str, count: int) -> list[Change[int]]:
    """Follow for so many changes, and ring many times between two of them."""
    changes: list[Change[int]] = []
    async with asyncio.timeout(20), aclosing(lobby.follow()) as following:
        async for change in following:
            changes.append(change)
            if len(changes) == count:
                break
            for _ in range(50):
                wakeups.wake(topic)
    return changes


async def test_a_list_that_never_rests_is_read_after_a_pause() -> None:
    wakeups, board, clock = Wakeups(), Board(), asyncio.get_running_loop().time
    lobby = Lobby(wakeups, board.read, topic=PLAYING, pause=PAUSE)
    before = clock()

    changes = await taken(lobby, wakeups, PLAYING, 10)

    assert [change.listed for change in changes] == [[each] for each in range(1, 11)]
    assert board.reads <= 1 + (clock() - before) / PAUSE


@pytest.mark.parametrize("pause", [0.0, PAUSE])
async def test_a_hundred_who_watch_share_the_reads(pause: float) -> None:
    wakeups, board = Wakeups(), Board()
    lobby = Lobby(wakeups, board.read, pause=pause)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(100):
            tasks.create_task(taken(lobby, wakeups, TOPIC, 1))

    assert board.reads <= 3


async def test_a_list_wakes_by_its_own_topic_alone() -> None:
    wakeups, board = Wakeups(), Board()
    async with aclosing(Lobby(wakeups, board.read, topic=PLAYING).follow()) as following:
        await anext(following)
        news = asyncio.ensure_future(anext(following))
        await asyncio.sleep(0)
        wakeups.wake(TOPIC)
        await asyncio.sleep(0)
        assert board.reads == 1
        wakeups.wake(PLAYING)
        assert (await news).listed == [2]
