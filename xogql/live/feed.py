"""Follow a stream: every event past a version, in order, each once, for ever."""

import logging
from collections.abc import AsyncGenerator, Sequence
from typing import TypeVar

from xogql.live.jobs import Backoff
from xogql.live.tails import KEPT, Tail, Tails
from xogql.live.wakeups import NEWEST, Wakeups
from xogql.store.event_store import (
    EventStore,
    OutcomeUnknownError,
    Recorded,
    Stream,
    UnavailableError,
)

E = TypeVar("E")

PAGE = KEPT

logger = logging.getLogger(__name__)


class Feed:
    """Reads the log past each follower's cursor, whenever there may be something.

    Hints only say when to read, so that one which is lost, doubled, late or forged changes
    nothing. A slow follower holds its cursor and at most a page.
    """

    def __init__(self, store: EventStore, wakeups: Wakeups, tails: Tails) -> None:
        self._store = store
        self._wakeups = wakeups
        self._tails = tails

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
        """Read the table, again and again until it answers."""
        backoff = Backoff()
        while True:
            try:
                return await self._store.read(stream, after=after, upto=min(after + PAGE, NEWEST))
            except (UnavailableError, OutcomeUnknownError) as error:
                logger.warning("reading %s failed: %r", stream.name, error)
            await backoff.pause()
