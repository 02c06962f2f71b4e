import asyncio
import random

import pytest

from xogql.live.hints import EVERYTHING, MAX_PAYLOAD, Hints, parse, payloads
from xogql.live.wakeups import NEWEST

GARBAGE = [
    "",
    " ",
    "=",
    "=5",
    "game-1=",
    "game-1=-1",
    "game-1=0",
    "game-1=007",
    "game-1=1.5",
    "game-1=1e3",
    "game-1=٣",
    "game-1 = 5x",
    "game-1=5=6",
    "game-1:5",
    "game-1=5,game-2=6",
    "game-1=5\n",
    f"game-1={NEWEST + 1}",
    "game-1=" + "9" * 5_000,
    "x" * 81,
    "*",
    "-1",
    "🎲",
    '{"stream": "game-1", "version": 5}',
    "'; drop table event; --",
]


def test_hints_are_written_and_read() -> None:
    hints = [("game-1", 17), ("lobby", 0), ("player-0a", NEWEST)]
    assert list(payloads(hints)) == [f"game-1=17 lobby player-0a={NEWEST}"]
    assert list(parse(f"game-1=17 lobby player-0a={NEWEST}")) == hints


@pytest.mark.parametrize("payload", GARBAGE)
def test_garbage_is_no_hint_of_a_stream(payload: str) -> None:
    assert all(version == 0 for _, version in parse(payload))


@pytest.mark.parametrize("payload", GARBAGE)
def test_garbage_spoils_no_hint_beside_it(payload: str) -> None:
    hints = list(parse(f"game-1=5 {payload} game-2=6"))
    assert {("game-1", 5), ("game-2", 6)} <= set(hints)


def test_random_text_does_no_harm() -> None:
    dice = random.Random(1)
    for _ in range(2_000):
        text = "".join(chr(dice.randrange(1, 0x3000)) for _ in range(dice.randrange(60)))
        assert all(0 <= version <= NEWEST for _, version in parse(text))


def test_nobody_can_ask_others_to_doubt_everything() -> None:
    assert EVERYTHING not in set(parse("* *=1 game-1=*"))


def test_payloads_are_small_enough_for_postgres() -> None:
    hints = [(f"game-{number:036}", NEWEST) for number in range(2_000)]
    pieces = list(payloads(hints))
    assert max(map(len, pieces)) <= MAX_PAYLOAD
    assert len(pieces) == 14
    assert [hint for piece in pieces for hint in parse(piece)] == hints
    assert list(payloads([])) == []


async def test_of_each_stream_the_highest_version_is_taken_once() -> None:
    hints = Hints()
    hints.add([("game-1", 4), ("game-1", 6), ("lobby", 0)])
    hints.add([("game-1", 5), ("game-2", 1)])
    assert await hints.take() == [("game-1", 6), ("lobby", 0), ("game-2", 1)]
    hints.add([("game-1", 5)])
    assert await hints.take() == [("game-1", 5)]


async def test_taking_waits_for_a_hint() -> None:
    hints = Hints()
    hints.add([])
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        taking = tasks.create_task(hints.take())
        await asyncio.sleep(0)
        assert not taking.done()
        hints.add([("lobby", 0)])
    assert taking.result() == [("lobby", 0)]


async def test_too_many_hints_become_one() -> None:
    hints = Hints(limit=100)
    hints.add((f"game-{number}", 1) for number in range(101))
    hints.add([("game-1", 2)])
    assert await hints.take() == [EVERYTHING]
    hints.add([("game-1", 2)])
    assert await hints.take() == [("game-1", 2)]
