"""Who sleeps until which stream grows."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from typing import Protocol

NEWEST = 2**31 - 1
"""No version is higher."""

TOPIC = -1
"""The cursor of who sleeps on a topic: it has no versions, so that any hint is news."""


_AFTER = attrgetter("after")


class Hearer(Protocol):
    """Whoever wants to hear of a stream. *after*: its cursor, or TOPIC."""

    after: int

    def hear(self, version: int) -> None:
        """Hear that the stream may have come to *version*. Never suspends and never raises."""
        ...


class Sleeper:
    """One follower's sleep. Its follower moves the cursor *after*, which is exclusive.

    Who sleeps on several things gives each of their sleepers the same *news*.
    """

    def __init__(self, after: int, news: asyncio.Event | None = None) -> None:
        self.after = after
        self._heard = NEWEST
        self._news = news or asyncio.Event()

    def clear(self) -> int:
        """Forget the hints so far and tell the highest version among them.

        At first that is NEWEST: who has not read yet must.
        """
        self._news.clear()
        return self.take()

    def take(self) -> int:
        """Tell the highest version since the last time, 0 for none, and leave the *news* be."""
        heard, self._heard = self._heard, 0
        return heard

    async def wait(self) -> None:
        """Sleep, for ever if need be, until there was a hint past the cursor since `clear`."""
        await self._news.wait()

    def hear(self, version: int) -> None:
        """Wake up if *version* is past the cursor."""
        if version > self.after:
            self._heard = max(version, self._heard, 1)
            self._news.set()


class Wakeups:
    """Who hears of what in this process: sleepers above all.

    Nothing is kept of a hint but with the sleepers that it woke, so that a false one costs them a
    read and makes no later one ignored.
    """

    def __init__(self) -> None:
        self._sleepers: dict[str, set[Hearer]] = {}
        self._topics: set[str] = set()

    @contextmanager
    def sleeping_on(
        self, name: str, after: int = TOPIC, *, news: asyncio.Event | None = None
    ) -> Iterator[Sleeper]:
        """Register for hints of a stream past version *after* (exclusive), or of a topic."""
        sleeper = Sleeper(after, news)
        self.add(name, sleeper)
        try:
            yield sleeper
        finally:
            self.remove(name, sleeper)

    def add(self, name: str, hearer: Hearer) -> None:
        """Register whoever hears of a stream or a topic, until it is removed."""
        self._sleepers.setdefault(name, set()).add(hearer)
        if hearer.after == TOPIC:
            self._topics.add(name)

    def remove(self, name: str, hearer: Hearer) -> None:
        """Let it hear no more."""
        self._sleepers[name].remove(hearer)
        if not self._sleepers[name]:
            del self._sleepers[name]
            self._topics.discard(name)

    def wake(self, name: str, version: int = 0) -> None:
        """Wake who has not read a stream up to *version*, or who sleeps on a topic."""
        # Whoever hears may leave at once.
        for hearer in tuple(self._sleepers.get(name, ())):
            hearer.hear(version)

    def wake_topics(self) -> None:
        """Wake who sleeps on any topic."""
        for name in tuple(self._topics):
            self.wake(name)

    def followed(self) -> Mapping[str, int]:
        """Give the lowest cursor of each followed stream."""
        return {
            name: min(map(_AFTER, sleepers))
            for name, sleepers in self._sleepers.items()
            if name not in self._topics
        }
