"""Plays matches, so many at once, and tells what it took."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter, process_time
from typing import Any

from bench.load.match import Match, Pace
from bench.load.pace import Steady, Unpaced

SILENCE = 60.0
"""Seconds without the end of any match, after which a move is taken for lost."""


class MoveLostError(Exception):
    """Nothing comes any more, and a match is not over."""


async def play(matches: Sequence[Match], slots: int, rate: float | None) -> dict[str, Any]:
    """Play all *matches*, *slots* at a time, at *rate* moves a second or as fast as they go."""
    start, spent = perf_counter(), process_time()
    await _play_all(matches, _paces(slots, rate, start))
    seconds, spent = perf_counter() - start, process_time() - spent
    latencies = sorted(1000 * each for match in matches for each in match.latencies)
    return {
        "moves": len(latencies),
        "seconds": seconds,
        "rate": len(latencies) / seconds,
        "p50": quantile(latencies, 0.5),
        "p99": quantile(latencies, 0.99),
        "spent": spent,
    }


def quantile(ordered: Sequence[float], part: float) -> float:
    """Give the value that *part* of them do not exceed."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _paces(slots: int, rate: float | None, start: float) -> Iterable[Pace]:
    if rate is None:
        return [Unpaced() for _ in range(slots)]
    return [Steady(start + slot / rate, slots / rate) for slot in range(slots)]


async def _play_all(matches: Sequence[Match], paces: Iterable[Pace]) -> None:
    """Have each slot play match after match."""
    waiting, left = iter(matches), len(matches)
    over, ended = asyncio.get_running_loop().create_future(), 0

    def begin(pace: Pace) -> None:
        match = next(waiting, None)
        if match is not None:
            match.play(pace, finished_by(pace))

    def finished_by(pace: Pace) -> Callable[[], None]:
        def finished() -> None:
            nonlocal ended
            ended += 1
            if ended == left:
                over.set_result(None)
            begin(pace)

        return finished

    for pace in paces:
        begin(pace)
    await _patiently(over, lambda: ended)


async def _patiently(over: "asyncio.Future[None]", progress: Callable[[], int]) -> None:
    """Wait for the end as long as there is progress."""
    seen = -1
    while not over.done():
        if progress() == seen:
            raise MoveLostError(seen)
        seen = progress()
        await asyncio.wait([over], timeout=SILENCE)
