"""A follower that stays on a process while other things happen."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from tests.simulation.crashing import Process
from xogql import game
from xogql.store.event_store import Recorded, Stream

PATIENCE = 60.0


class Collector:
    """Keeps all it is given past version *after*; made in a running loop."""

    def __init__(self, process: Process, stream: Stream[game.Event], after: int) -> None:
        self.process = process
        self.stream = stream
        self.after = after
        self.seen: list[Recorded[game.Event]] = []
        self._news = asyncio.Event()
        self._collecting = asyncio.get_running_loop().create_task(self._collect())

    @property
    def cursor(self) -> int:
        """The version of the last event it was given."""
        return self.seen[-1].version if self.seen else self.after

    async def reach(self, version: int) -> Sequence[Recorded[game.Event]]:
        """Wait until it has come to *version*, and give all it has seen."""
        async with asyncio.timeout(PATIENCE):
            while self.after + len(self.seen) < version:
                self._news.clear()
                await self._news.wait()
        return self.seen

    async def leave(self) -> None:
        """Follow no longer."""
        self._collecting.cancel()
        await asyncio.wait([self._collecting])

    async def _collect(self) -> None:
        async with aclosing(self.process.feed.follow(self.stream, after=self.after)) as events:
            async for recorded in events:
                self.seen.append(recorded)
                self._news.set()
