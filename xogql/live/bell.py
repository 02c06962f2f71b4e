"""The bell: tells followers, here and in other processes, that there may be something to read."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import islice

from broadcaster import Broadcast, BroadcastBackend
from broadcaster import Event as Message

from xogql.live.broadcasting import CHANNEL, CLOSED
from xogql.live.errands import Errands
from xogql.live.hints import EVERYTHING, Hints, parse, words
from xogql.live.jobs import Backoff, jittered, running, supervise
from xogql.live.tails import Tails
from xogql.live.wakeups import Wakeups
from xogql.store.codec import Event
from xogql.store.event_store import EventStore, Recorded

logger = logging.getLogger(__name__)


MOST_ASKED = 10_000
"""Streams that one question to the log is about: it takes some 20 ms of CPU here, and 40 there."""


class Bell:
    """Rung after each commit. Hints may be lost: a backstop asks the log for what they missed.

    It needs no store to be made, so the store can be given its `ring`. *backstop*: at most so many
    seconds between two questions.
    """

    def __init__(self, backend: BroadcastBackend, *, backstop: float = 1.0) -> None:
        self.wakeups = Wakeups()
        self.tails = Tails()
        self.errands = Errands()
        self._broadcast = Broadcast(backend=backend)
        self._backstop = backstop
        self._backoff = Backoff()
        self._in_doubt = asyncio.Event()
        self._untold = Hints()

    def ring(self, recorded: Sequence[Recorded[Event]]) -> None:
        """Tell what was appended, after the commit: see Ring."""
        self.tails.keep(recorded)
        self._tell([(each.stream, each.version) for each in recorded])

    def publish(self, topic: str) -> None:
        """Wake who sleeps on a topic, in any process. Never raises.

        *topic*: letters, digits, `_` and `-`, a letter first; no stream's name.
        """
        self._tell([(topic, 0)])

    @asynccontextmanager
    async def listening(self, store: EventStore) -> AsyncGenerator[None]:
        """Carry hints to and from other processes while the block runs.

        One subscription serves all followers. Its queue, which broadcaster does not bound, holds
        no more than the backend has to say in one turn: the pump empties it in the next.
        """
        async with (
            self.errands,
            self._broadcast,
            self._broadcast.subscribe(CHANNEL) as hints,
            running(
                partial(supervise, "publisher", self._publish),
                partial(supervise, "pump", partial(self._pump, hints.get)),
                partial(supervise, "backstop", partial(self._watch, store), self._backoff),
            ),
        ):
            yield

    def _tell(self, hints: Sequence[tuple[str, int]]) -> None:
        for name, version in hints:
            self.wakeups.wake(name, version)
        self._untold.add(hints)

    async def _publish(self) -> None:
        """Tell other processes: all that was rung for in one turn of the loop, at once."""
        while True:
            hints = await self._untold.take()
            await self._broadcast.publish(CHANNEL, " ".join(words(hints)))

    async def _pump(self, hear: Callable[[], Awaitable[Message]]) -> None:
        while (message := (await hear()).message) != CLOSED:
            if message == EVERYTHING[0]:
                self._in_doubt.set()
            for hint in parse(message):
                self.wakeups.wake(*hint)

    async def _watch(self, store: EventStore) -> None:
        """Ask which streams have grown: about once in the interval, and at once when in doubt.

        Where more are followed than one question holds, they take turns; in doubt all are asked.
        """
        shares, in_doubt = deque[Mapping[str, int]](), True
        while True:
            if self._in_doubt.is_set() or not shares:
                in_doubt = self._in_doubt.is_set()
                self._in_doubt.clear()
                shares = _shares(self.wakeups.followed())
            self.wakeups.wake_topics()
            if shares:
                for hint in (await store.grown(shares.popleft())).items():
                    self.wakeups.wake(*hint)
            self._backoff.reset()
            if in_doubt and shares:
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(jittered(self._backstop)):
                    await self._in_doubt.wait()


def _shares(followed: Mapping[str, int]) -> deque[Mapping[str, int]]:
    rest = iter(followed.items())
    return deque(iter(lambda: dict(islice(rest, MOST_ASKED)), {}))
