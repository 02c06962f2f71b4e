"""The lobby: a list that many watch, read once for all of them when it may have changed."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from xogql.live.jobs import Backoff
from xogql.live.wakeups import Wakeups
from xogql.store.event_store import OutcomeUnknownError, UnavailableError

T = TypeVar("T")

TOPIC = "lobby"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """What came to the list and what went; *snapshot*: it begins anew with what came."""

    snapshot: bool
    listed: Sequence[T]
    unlisted: Sequence[T]


class Lobby(Generic[T]):
    """Tells its followers how a list changes. Each holds the list it saw last, and no backlog.

    *read* gives the list; it may be cut off at some length.
    """

    def __init__(self, wakeups: Wakeups, read: Callable[[], Awaitable[Sequence[T]]]) -> None:
        self._wakeups = wakeups
        self._read = read
        self._reading = asyncio.Lock()
        self._asked = 0
        self._answered = 0
        self._newest: Sequence[T] = ()

    async def follow(self) -> AsyncGenerator[Change[T]]:
        """Yield the whole list, then each change of it, for ever. While it cannot be read, wait."""
        seen: Sequence[T] | None = None
        with self._wakeups.sleeping_on(TOPIC) as sleeper:
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
        self._asked += 1
        ticket = self._asked
        async with self._reading:
            if self._answered < ticket:
                answered = self._asked
                self._newest = await self._retried()
                self._answered = answered
            return self._newest

    async def _retried(self) -> Sequence[T]:
        backoff = Backoff()
        while True:
            try:
                return await self._read()
            except (UnavailableError, OutcomeUnknownError) as error:
                logger.warning("reading the lobby failed: %r", error)
            await backoff.pause()


def _between(before: Sequence[T], after: Sequence[T]) -> Change[T] | None:
    old, new = set(before), set(after)
    if old == new:
        return None
    return Change(
        snapshot=False,
        listed=[each for each in after if each not in old],
        unlisted=[each for each in before if each not in new],
    )
