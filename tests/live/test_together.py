"""Many who ask at once are answered by few questions, each after it was asked."""

import asyncio
from collections.abc import Collection, Mapping

import pytest

from tests.live.processes import until
from xogql.live.together import Together, insisting
from xogql.store.event_store import UnavailableError


class Oracle:
    """Answers how often it was asked by then, when it is let go; some keys break it."""

    def __init__(self) -> None:
        self.asked: list[set[str]] = []
        self.let_go = asyncio.Event()
        self.outages = 0

    async def answer(self, keys: Collection[str]) -> Mapping[str, int]:
        self.asked.append(set(keys))
        number = len(self.asked)
        await self.let_go.wait()
        if self.outages:
            self.outages -= 1
            raise UnavailableError
        if "broken" in keys:
            raise LookupError
        return dict.fromkeys(keys, number)


def together(oracle: Oracle) -> Together[str, int]:
    return Together(insisting("numbers", oracle.answer))


async def test_what_is_wanted_meanwhile_is_the_next_question() -> None:
    oracle = Oracle()
    numbers = together(oracle)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        first = tasks.create_task(numbers.of(["a"]))
        await until(lambda: oracle.asked)
        later = [tasks.create_task(numbers.of([each, "z"])) for each in "abc"]
        await asyncio.sleep(0)
        oracle.let_go.set()

    assert oracle.asked == [{"a"}, {"a", "b", "c", "z"}]
    assert first.result() == {"a": 1}
    assert [each.result() for each in later] == [{each: 2, "z": 2} for each in "abc"]


async def test_who_asks_again_is_answered_anew() -> None:
    oracle = Oracle()
    oracle.let_go.set()
    numbers = together(oracle)

    assert [await numbers.of(["a"]) for _ in range(3)] == [{"a": 1}, {"a": 2}, {"a": 3}]


async def test_who_asks_in_the_same_turn_goes_along() -> None:
    oracle = Oracle()
    oracle.let_go.set()
    numbers = together(oracle)
    async with asyncio.timeout(20):
        found = await asyncio.gather(*(numbers.of([each]) for each in "abc"))

    assert oracle.asked == [{"a", "b", "c"}]
    assert found == [{"a": 1}, {"b": 1}, {"c": 1}]


async def test_a_question_that_is_full_is_asked_by_itself() -> None:
    oracle = Oracle()
    oracle.let_go.set()
    numbers = Together(oracle.answer, most=2)
    async with asyncio.timeout(20):
        found = await asyncio.gather(*(numbers.of([each]) for each in "abcde"))

    assert oracle.asked == [{"a", "b"}, {"c", "d"}, {"e"}]
    assert [each.popitem() for each in map(dict, found)] == [
        *(("a", 1), ("b", 1)),
        *(("c", 2), ("d", 2)),
        ("e", 3),
    ]


async def test_that_nothing_can_be_read_is_told_to_all_who_ask_by_then() -> None:
    oracle = Oracle()
    oracle.outages = 1
    numbers = Together(oracle.answer)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        first = tasks.create_task(_outcome(numbers, "a"))
        await until(lambda: oracle.asked)
        later = [tasks.create_task(_outcome(numbers, each)) for each in "bc"]
        await asyncio.sleep(0)
        oracle.let_go.set()

    assert [type(each.result()) for each in (first, *later)] == [UnavailableError] * 3
    assert oracle.asked == [{"a"}]
    assert await numbers.of(["d"]) == {"d": 2}


async def _outcome(numbers: Together[str, int], key: str) -> Mapping[str, int] | Exception:
    try:
        return await numbers.of([key])
    except UnavailableError as outage:
        return outage


async def test_nothing_is_asked_for_nothing() -> None:
    oracle = Oracle()

    assert await together(oracle).of([]) == {}
    assert oracle.asked == []


async def test_what_breaks_one_question_is_kept_from_the_others() -> None:
    oracle = Oracle()
    numbers = together(oracle)
    async with asyncio.timeout(20):
        first = asyncio.create_task(numbers.of(["a"]))
        await until(lambda: oracle.asked)
        others = [asyncio.create_task(numbers.of([each])) for each in ("b", "broken", "c")]
        await asyncio.sleep(0)
        oracle.let_go.set()
        answers = await asyncio.gather(first, *others, return_exceptions=True)

    assert [each for each in answers if isinstance(each, dict)] == [{"a": 1}, {"b": 3}, {"c": 5}]
    assert isinstance(answers[2], LookupError)


async def test_who_leaves_while_asking_takes_no_answer_with_them() -> None:
    oracle = Oracle()
    numbers = together(oracle)
    async with asyncio.timeout(20):
        leaving = asyncio.create_task(numbers.of(["a"]))
        await until(lambda: oracle.asked)
        waiting = asyncio.create_task(numbers.of(["b"]))
        await asyncio.sleep(0)
        leaving.cancel()
        oracle.let_go.set()

        assert await waiting == {"b": 2}
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_while_nothing_can_be_read_who_asks_waits() -> None:
    oracle = Oracle()
    oracle.outages = 2
    oracle.let_go.set()

    async with asyncio.timeout(20):
        assert await together(oracle).of(["a"]) == {"a": 3}
