"""The lobby: a list that many watch, read once for all of them when it may have changed."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from xogql.live.together import Together, insisting
from xogql.live.wakeups import Wakeups

T = TypeVar("T")

TOPIC = "lobby"


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """What came to the list and what went; *snapshot*: it begins anew with what came."""

    snapshot: bool
    listed: Sequence[T]
    unlisted: Sequence[T]


class Lobby(Generic[T]):
    """Tells its followers how a list changes. Each holds the list it saw last, and no backlog.

    *read* gives the list; it may be cut off at some length. *topic*: rung when it may have
    changed. *pause*: so many seconds lie between two reads at least, of a list that never rests.
    """

    def __init__(
        self,
        wakeups: Wakeups,
        read: Callable[[], Awaitable[Sequence[T]]],
        *,
        topic: str = TOPIC,
        pause: float = 0.0,
    ) -> None:
        self._wakeups = wakeups
        self._read = read
        self._topic = topic
        self._pause = pause
        self._rested = 0.0
        self._lists = Together(insisting("the lobby", self._ask))

    async def follow(self) -> AsyncGenerator[Change[T]]:
        """Yield the whole list, then each change of it, for ever. While it cannot be read, wait."""
        seen: Sequence[T] | None = None
        with self._wakeups.sleeping_on(self._topic) as sleeper:
            while True:
                # Before reading: a change in between wakes the sleeper again.
                sleeper.clear()
                newest = await self._latest()
                if seen is None:
                    yield Change(snapshot=True, listed=newest, unlisted=())
                elif (change := _between(seen, newest)) is not None:
                    yield change
                seen = newest
                await sleeper.wait()

    async def _latest(self) -> Sequence[T]:
        """Give the list as it is now: one read answers all who asked before it began."""
        return (await self._lists.of([self._topic]))[self._topic]

    async def _ask(self, topics: Collection[str]) -> Mapping[str, Sequence[T]]:
        await self._rest()
        return dict.fromkeys(topics, await self._read())

    async def _rest(self) -> None:
        """Let changes gather; who comes after a quiet time does not wait."""
        if self._pause:
            now = asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, self._rested - now))
            self._rested = max(self._rested, now) + self._pause


def _between(before: Sequence[T], after: Sequence[T]) -> Change[T] | None:
    old, new = set(before), set(after)
    if old == new:
        return None
    return Change(
        snapshot=False,
        listed=[each for each in after if each not in old],
        unlisted=[each for each in before if each not in new],
    )
