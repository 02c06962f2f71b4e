"""The last events of the streams followed here: a follower who keeps up needs no query."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, TypeVar

from xogql.store.codec import Event
from xogql.store.event_store import Recorded, Stream

E = TypeVar("E")

KEPT = 400
"""Events kept of a stream: the longest game there is has 361 moves."""


class Tail(Generic[E]):
    """The last events of one stream, without a hole, and what its reads have found.

    It is never complete: where it has nothing, the table must be asked. *reading* is held by the
    one follower who asks it for all.
    """

    def __init__(self) -> None:
        self.followers = 0
        self.reading = asyncio.Lock()
        self.reads = 0
        self._ended = (0, 0)
        self._events: Sequence[Recorded[E]] = ()

    def past(self, after: int) -> Sequence[Recorded[E]]:
        """Give the events past version *after* (exclusive): none, if the next one is not kept."""
        place = after + 1 - self._first
        return self._events[place:] if place >= 0 else ()

    def keep(self, recorded: Sequence[Recorded[E]]) -> None:
        """Keep events that follow one another, unless newer ones are kept; bounded by KEPT."""
        if self._events and recorded[-1].version < self._events[-1].version:
            return
        place = recorded[0].version - self._first
        before = self._events[:place] if 0 <= place <= len(self._events) else ()
        self._events = (*before, *recorded)[-KEPT:]

    def end(self, read: int, version: int) -> None:
        """Note that the *read*-th read of the table found nothing past *version*."""
        self._ended = read, version

    def has_ended(self, after: int, *, since: int) -> bool:
        """Tell whether a read begun past the first *since* found nothing past version *after*."""
        read, version = self._ended
        return read > since and version <= after

    @property
    def _first(self) -> int:
        return self._events[0].version if self._events else 0


class Tails:
    """The tails of the streams followed here: each goes with its last follower."""

    def __init__(self) -> None:
        self._tails: dict[str, Tail[Any]] = {}

    @contextmanager
    def of(self, stream: Stream[E]) -> Iterator[Tail[E]]:
        """Have the stream's tail kept, and share it with its other followers."""
        tail = self.share(stream)
        try:
            yield tail
        finally:
            self.release(stream)

    def share(self, stream: Stream[E]) -> Tail[E]:
        """Have the stream's tail kept until it is released."""
        tail: Tail[E] = self._tails.setdefault(stream.name, Tail())
        tail.followers += 1
        return tail

    def release(self, stream: Stream[E]) -> None:
        """Need the stream's tail no more."""
        tail = self._tails[stream.name]
        tail.followers -= 1
        if not tail.followers:
            del self._tails[stream.name]

    def keep(self, recorded: Sequence[Recorded[Event]]) -> None:
        """Keep what was appended by this process, if its stream is followed here."""
        for name, events in groupby(recorded, key=attrgetter("stream")):
            if tail := self._tails.get(name):
                tail.keep(tuple(events))
