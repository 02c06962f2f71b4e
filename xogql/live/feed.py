"""Follow a stream: every event past a version, in order, each once, for ever."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from xogql.live.tails import KEPT, Tail, Tails
from xogql.live.together import Together, insisting
from xogql.live.wakeups import NEWEST, Wakeups
from xogql.store.event_store import EventStore, Recorded, Stream

E = TypeVar("E")

PAGE = KEPT

STREAMS = 64
"""Streams that are read at once: if each has a page to give, that takes a tenth of a second."""

Place: TypeAlias = tuple[Stream[Any], int]
"""A stream, and a version past which (exclusive) it is read."""


class Feed:
    """Reads the log past each follower's cursor, whenever there may be something.

    Hints only say when to read, so that one which is lost, doubled, late or forged changes
    nothing. A slow follower holds its cursor and at most a page.
    """

    def __init__(self, store: EventStore, wakeups: Wakeups, tails: Tails) -> None:
        self._store = store
        self._wakeups = wakeups
        self._tails = tails
        # Many streams grow at once elsewhere: of two processes each hears of half of the games.
        self._pages = Together[Place, Sequence[Recorded[Any]]](
            insisting("streams", self._read), most=STREAMS
        )

    async def follow(self, stream: Stream[E], *, after: int = 0) -> AsyncGenerator[Recorded[E]]:
        """Yield every event past version *after* (exclusive), in order, each once, for ever.

        While the log cannot be read, it waits. Close it (`contextlib.aclosing`) to leave.
        """
        with (
            self._wakeups.sleeping_on(stream.name, after) as sleeper,
            self._tails.of(stream) as tail,
        ):
            while True:
                # Before reading: what is appended in between wakes the sleeper again.
                heard, since = sleeper.clear(), tail.reads
                while page := tail.past(sleeper.after) or (
                    sleeper.after < heard
                    and await self.read(stream, tail, sleeper.after, since=since)
                ):
                    for recorded in page:
                        sleeper.after = recorded.version
                        yield recorded
                await sleeper.wait()

    async def read(
        self, stream: Stream[E], tail: Tail[E], after: int, *, since: int
    ) -> Sequence[Recorded[E]]:
        """Read a page for all who wait for one.

        Of a read begun earlier than the asking, finding nothing would prove nothing: *since* is
        how many had begun by then.
        """
        async with tail.reading:
            if (kept := tail.past(after)) or tail.has_ended(after, since=since):
                return kept
            tail.reads += 1
            page = await self._page(stream, after)
            if len(page) < PAGE:
                tail.end(tail.reads, page[-1].version if page else after)
            if page:
                tail.keep(page)
            return page

    async def _page(self, stream: Stream[E], after: int) -> Sequence[Recorded[E]]:
        place = stream, after
        return (await self._pages.of([place]))[place]

    async def _read(self, places: Collection[Place]) -> Mapping[Place, Sequence[Recorded[Any]]]:
        """Read a page past each place."""
        firsts, rest = dict[Stream[Any], int](), list[Place]()
        for stream, after in places:
            if firsts.setdefault(stream, after) != after:
                rest.append((stream, after))  # whoever asked first has left
        found = await self._store.read_many(firsts, most=PAGE)
        pages: dict[Place, Sequence[Recorded[Any]]] = {
            (stream, after): found[stream] for stream, after in firsts.items()
        }
        for stream, after in rest:
            upto = min(after + PAGE, NEWEST)
            pages[stream, after] = await self._store.read(stream, after=after, upto=upto)
        return pages
