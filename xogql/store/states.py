"""Folded states kept in the process: a head start for the next read, never the truth."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from xogql.store.codec import Category
from xogql.store.event_store import EventStore, Recorded, Stream

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)
E = TypeVar("E")


STREAM = 10
"""So many events a stream takes besides its own, each of them a hundred bytes."""


class Folded(NamedTuple, Generic[S_co]):
    """A stream's state at a version.

    *created_at*, *updated_at*: when its first and last events were recorded, None before them.
    """

    state: S_co
    version: int
    created_at: datetime | None
    updated_at: datetime | None


class States(Generic[S, E]):
    """What the streams of one category fold to; those used last are kept.

    *capacity*: how many events there may be in what is kept, where a stream counts for ten more.
    """

    def __init__(
        self,
        store: EventStore,
        category: Category[E],
        initial: Callable[[], S],
        evolve: Callable[[S, E], S],
        *,
        capacity: int = 2_000_000,
    ) -> None:
        self._store = store
        self._category = category
        self._initial = initial
        self._evolve = evolve
        self._capacity = capacity
        self._kept: OrderedDict[str, Folded[S]] = OrderedDict()
        self._weight = 0

    def stream(self, name: str) -> Stream[E]:
        """Name a stream of this category."""
        return Stream(self._category, name)

    def kept(self, stream: Stream[E]) -> Folded[S] | None:
        """Give what this process knew last: it may be stale."""
        return self._kept.get(stream.name)

    async def load(self, stream: Stream[E]) -> Folded[S]:
        """Give the present state, the initial one of a stream without events, and keep it."""
        base = self._base(stream)
        recorded = await self._store.read(stream, after=base.version)
        return self._grown(stream, base, recorded)

    async def load_many(self, streams: Collection[Stream[E]]) -> Mapping[Stream[E], Folded[S]]:
        """Load several streams with one read."""
        bases = {stream: self._base(stream) for stream in streams}
        found = await self._store.read_many({each: base.version for each, base in bases.items()})
        return {each: self._grown(each, base, found[each]) for each, base in bases.items()}

    async def at(self, stream: Stream[E], version: int) -> Folded[S]:
        """Give the state as it was at *version*, or the present one if it has not come so far."""
        base = self._base(stream)
        if base.version == version:
            return base
        if base.version > version:
            base = self._nothing()
        return self.fold(base, await self._store.read(stream, after=base.version, upto=version))

    def fold(self, folded: Folded[S], recorded: Sequence[Recorded[E]]) -> Folded[S]:
        """Apply the events that come next.

        Raises:
            ValueError: if an event is not the next one.
        """
        state, version = folded.state, folded.version
        for each in recorded:
            version += 1
            if each.version != version:
                raise ValueError(each.stream, each.version, version)
            state = self._evolve(state, each.event)
        if not recorded:
            return folded
        created_at = folded.created_at or recorded[0].recorded_at
        return Folded(state, version, created_at, recorded[-1].recorded_at)

    def grow(
        self, stream: Stream[E], folded: Folded[S], recorded: Sequence[Recorded[E]]
    ) -> Folded[S]:
        """Apply the events that come next, unless that was done here already, and keep the state.

        Who appends and who follows do so, whoever hears first. Who follows a stream sees what other
        processes append: whoever gives it a command next need not find out by losing to them.
        """
        known, last = self._kept.get(stream.name), recorded[-1]
        if (
            known is not None
            and known.version == last.version
            and known.updated_at == last.recorded_at
        ):
            return known
        return self._grown(stream, folded, recorded)

    def keep(self, stream: Stream[E], folded: Folded[S]) -> None:
        """Remember a state, unless a newer one is known already or the stream has no events."""
        known = self._kept.get(stream.name)
        if folded.version <= (known.version if known else 0):
            return
        self._weight += folded.version - (known.version if known else -STREAM)
        self._kept[stream.name] = folded
        self._kept.move_to_end(stream.name)
        while self._weight > self._capacity:
            self._weight -= STREAM + self._kept.popitem(last=False)[1].version

    def forget(self, stream: Stream[E]) -> None:
        """Fold the stream from its first event next time."""
        known = self._kept.pop(stream.name, None)
        if known is not None:
            self._weight -= STREAM + known.version

    def _nothing(self) -> Folded[S]:
        return Folded(self._initial(), 0, None, None)

    def _base(self, stream: Stream[E]) -> Folded[S]:
        known = self._kept.get(stream.name)
        if known is None:
            return self._nothing()
        self._kept.move_to_end(stream.name)
        return known

    def _grown(
        self, stream: Stream[E], base: Folded[S], recorded: Sequence[Recorded[E]]
    ) -> Folded[S]:
        folded = self.fold(base, recorded)
        self.keep(stream, folded)
        return folded
