"""The one log of a simulated world, and how each process sees it: from afar."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from tests.simulation.clock import now
from tests.simulation.trace import Trace
from tests.simulation.weather import Weather
from xogql.store.codec import Category
from xogql.store.event_store import (
    Answered,
    Append,
    OutcomeUnknownError,
    Recorded,
    Ring,
    Stream,
    UnavailableError,
)
from xogql.store.memory import MemoryEventStore

E = TypeVar("E")


def _silence(recorded: object) -> None:
    """Ring nothing: each process rings its own bell."""


class SharedLog:
    """Remembers, beside the events, when each was committed, and a list that changes with each.

    *lists*: every state of that list, the present one last; *relisted*: since when each was.
    *troubled*: when it was last out of reach.
    """

    def __init__(self, weather: Weather, dice: Random, trace: Trace) -> None:
        self.events = MemoryEventStore(_silence)
        self.weather = weather
        self.dice = dice
        self.trace = trace
        self.committed: dict[tuple[str, int], tuple[float, UUID]] = {}
        self.lists: list[frozenset[str]] = [frozenset()]
        self.relisted = [0.0]
        self.troubled = -1.0
        self._outages = 0

    @property
    def is_down(self) -> bool:
        """Whether it is out of reach."""
        if self._outages:
            self.troubled = now()
        return bool(self._outages)

    async def commit(self, request: Append[Any]) -> Sequence[Recorded[Any]]:
        """Append, for good."""
        recorded = await self.events.append(request)
        for each in recorded:
            self.committed[each.stream, each.version] = now(), each.command_id
            self.trace.note("committed", each.stream, each.version)
        self._relist(recorded[-1])
        return recorded

    async def outage(self, seconds: float) -> None:
        """Be out of reach for some time."""
        self.trace.note("outage", seconds)
        self._outages += 1
        await asyncio.sleep(seconds)
        self._outages -= 1
        self.troubled = now()

    async def pass_on(self) -> None:
        """Take the time that a message takes: a turn of the loop at least."""
        if self.weather.latency and self.dice.random() < 0.9:
            await asyncio.sleep(self.dice.uniform(0, self.weather.latency))
        else:
            await asyncio.sleep(0)

    async def moment(self) -> None:
        """Wait until something may happen."""
        await asyncio.sleep(self.weather.moment(self.dice, now()) - now())

    def _relist(self, last: Recorded[Any]) -> None:
        """List something new, and now and then unlist something."""
        kept = [each for each in sorted(self.lists[-1]) if self.dice.random() < 0.8]
        self.relisted.append(now())
        self.lists.append(frozenset([*kept, f"{last.stream}@{last.version}"]))


class View:
    """See EventStore: the log as one process has it. *ring* is told what was appended here."""

    def __init__(self, log: SharedLog, ring: Ring) -> None:
        self._log = log
        self._ring = ring

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        """See EventStore."""
        await self._ask()
        recorded = await self._log.commit(request)
        await self._log.pass_on()
        if self._log.dice.random() < self._log.weather.unanswered:
            raise OutcomeUnknownError
        self._ring(recorded)
        return recorded

    async def read(
        self, stream: Stream[E], *, after: int = 0, upto: int | None = None
    ) -> Sequence[Recorded[E]]:
        """See EventStore."""
        await self._ask()
        page = await self._log.events.read(stream, after=after, upto=upto)
        await self._answered()
        self._log.trace.note("read", stream.name, after, len(page))
        return page

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        """See EventStore."""
        await self._ask()
        found = await self._log.events.read_many(streams, most=most)
        await self._answered()
        self._log.trace.note("read", *((each.name, len(page)) for each, page in found.items()))
        return found

    async def find(self, stream: Stream[E], command_id: UUID) -> Answered[E] | None:
        """See EventStore."""
        await self._ask()
        found = await self._log.events.find(stream, command_id)
        await self._answered()
        return found

    async def grown(self, versions: Mapping[str, int]) -> Mapping[str, int]:
        """See EventStore."""
        await self._ask()
        grown = await self._log.events.grown(versions)
        await self._answered()
        self._log.trace.note("grown", *grown.items())
        return grown

    def scan(
        self, category: Category[E], kinds: Collection[type[E]]
    ) -> AsyncGenerator[Sequence[Recorded[E]]]:
        """See EventStore."""
        return self._log.events.scan(category, kinds)

    async def listed(self) -> Sequence[str]:
        """Read the list."""
        await self._ask()
        listed = sorted(self._log.lists[-1])
        await self._answered()
        return listed

    async def _ask(self) -> None:
        """Pass a message on, if the log can be reached."""
        await self._log.pass_on()
        if self._log.is_down:
            raise UnavailableError

    async def _answered(self) -> None:
        """Let the answer of a question come, however long it takes."""
        await asyncio.sleep(self._log.dice.uniform(0, self._log.weather.reading))
        await self._ask()
