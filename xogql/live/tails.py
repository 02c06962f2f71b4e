"""The last events of the streams followed here: a follower who keeps up needs no query."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
        events = self._events
        place = after + 1 - (events[0].version if events else 0)
        return events[place:] if place >= 0 else ()

    def keep(self, recorded: Sequence[Recorded[E]]) -> None:
        """Keep events that follow one another, unless newer ones are kept; bounded by KEPT."""
        events = self._events
        if events:
            if recorded[-1].version < events[-1].version:
                return
            place = recorded[0].version - events[0].version
            events = events[:place] if 0 <= place <= len(events) else ()
        self._events = (*events, *recorded)[-KEPT:]

    def end(self, read: int, version: int) -> None:
        """Note that the *read*-th read of the table found nothing past *version*."""
        self._ended = read, version

    def has_ended(self, after: int, *, since: int) -> bool:
        """Tell whether a read begun past the first *since* found nothing past version *after*."""
        read, version = self._ended
        return read > since and version <= after


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
        for each in recorded:
            if tail := self._tails.get(each.stream):
                tail.keep((each,))
