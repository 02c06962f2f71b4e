import asyncio
import time
from itertools import count

import pytest

from tests.simulation.clock import DeadlockError, LivelockError, now, run


def test_a_day_passes_in_no_time() -> None:
    async def day() -> float:
        await asyncio.sleep(24 * 3600)
        return now()

    begun = time.monotonic()

    assert run(day) == pytest.approx(24 * 3600)
    assert time.monotonic() - begun < 3600


def test_everything_happens_at_its_time_and_in_order() -> None:
    happened: list[tuple[str, float]] = []

    async def happen(name: str, after: float) -> None:
        await asyncio.sleep(after)
        happened.append((name, round(now(), 6)))

    async def main() -> None:
        await asyncio.gather(happen("c", 2), happen("a", 0.5), happen("d", 2), happen("b", 1))

    run(main)

    assert happened == [("a", 0.5), ("b", 1.0), ("c", 2.0), ("d", 2.0)]


def test_timeouts_are_virtual_too() -> None:
    async def main() -> None:
        async with asyncio.timeout(60):
            await asyncio.sleep(61)

    with pytest.raises(TimeoutError):
        run(main)


def test_waiting_for_what_never_comes_is_told() -> None:
    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(DeadlockError):
        run(main)


def test_standing_time_is_told() -> None:
    async def main() -> None:
        for _ in count():
            await asyncio.sleep(0)

    with pytest.raises(LivelockError):
        run(main)
