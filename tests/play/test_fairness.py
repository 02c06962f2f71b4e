"""Those who ask take turns."""

import asyncio

from xogql.play.fairness import FairQueue


def queue(most: int = 10, each: int = 10) -> FairQueue[str]:
    return FairQueue(most=most, each=each)


async def taken(waiting: FairQueue[str]) -> list[str]:
    return [await waiting.take() for _ in range(len(waiting))]


async def test_who_asks_for_much_lets_others_pass() -> None:
    waiting = queue()
    for item in ("ann 1", "ann 2", "ann 3", "bob 1", "bob 2", "eve 1"):
        assert waiting.add(item.split()[0], item)

    assert await taken(waiting) == ["ann 1", "bob 1", "eve 1", "ann 2", "bob 2", "ann 3"]


async def test_what_waits_already_waits_once() -> None:
    waiting = queue()

    assert [waiting.add("ann", "1") for _ in range(3)] == [True] * 3

    assert await taken(waiting) == ["1"]
    assert waiting.add("ann", "1")
    assert await taken(waiting) == ["1"]


async def test_of_one_asker_no_more_than_so_many_wait() -> None:
    waiting = queue(each=2)

    assert [waiting.add("ann", str(each)) for each in range(3)] == [True, True, False]
    assert waiting.add("ann", "1")
    assert waiting.add("bob", "1")


async def test_no_more_than_so_many_wait() -> None:
    waiting = queue(most=2)

    assert [waiting.add(who, who) for who in ("ann", "bob", "eve")] == [True, True, False]
    assert await waiting.take() == "ann"
    assert waiting.add("eve", "eve")


async def test_who_takes_waits_for_something() -> None:
    waiting = queue()
    async with asyncio.TaskGroup() as group:
        takers = [group.create_task(waiting.take()) for _ in range(2)]
        await asyncio.sleep(0)
        waiting.add("ann", "1")
        waiting.add("bob", "2")

    assert {each.result() for each in takers} == {"1", "2"}


async def test_who_stops_waiting_takes_nothing_along() -> None:
    waiting = queue()
    async with asyncio.TaskGroup() as group:
        gone = group.create_task(waiting.take())
        await asyncio.sleep(0)
        waiting.add("ann", "1")
        gone.cancel()

    assert await waiting.take() == "1"
