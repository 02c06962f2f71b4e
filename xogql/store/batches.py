"""Group commit: commands that come while one statement is on its way go together in the next.

The more come, the more share a commit; who comes alone waits for nobody.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from xogql.store.event_store import Append, OutcomeUnknownError, UnavailableError

MOST = 256
"""Commands in a batch."""

TURNS = 4
"""So many turns of the loop several commands wait for more, as Postgres' commit_siblings do."""

WAITING = 10_000
"""Commands that wait for a batch; more are refused."""

SLOW = 0.1
"""So long, in seconds, a batch holds up the next one; then they go side by side."""

SIDE_BY_SIDE = 4
"""Batches on their way at once, if those before are slow."""

Commit: TypeAlias = Callable[[Sequence[Append[Any]]], Awaitable[Sequence[datetime | None]]]
"""Appends commands of different streams; tells when each was recorded, None if it lost."""


class _Waiting(NamedTuple):
    request: Append[Any]
    answer: asyncio.Future[datetime | None]


class Batches:
    """Commits commands in batches, one after another while the log is quick."""

    def __init__(self, commit: Commit) -> None:
        self._commit = commit
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[_Waiting] = deque()
        self._writers: set[asyncio.Task[None]] = set()
        self._ahead: asyncio.Task[None] | None = None

    def append(self, request: Append[Any]) -> "asyncio.Future[datetime | None]":
        """Have a command appended; tell when it was recorded, None if it lost.

        What is awaited raises EventStoreError as `EventStore.append` does.

        Raises:
            UnavailableError: if too many commands wait.
        """
        if len(self._waiting) >= WAITING:
            raise UnavailableError
        waiting = _Waiting(request, self._loop.create_future())
        self._waiting.append(waiting)
        self._write_more()
        return waiting.answer

    def _write_more(self) -> None:
        """Begin the next batch, unless there is one ahead that is not slow."""
        if self._waiting and self._ahead is None and len(self._writers) < SIDE_BY_SIDE:
            # A task of its own: a command that is given up takes no other along.
            self._ahead = self._loop.create_task(self._write())
            self._writers.add(self._ahead)
            self._ahead.add_done_callback(self._ended)

    def _ended(self, writer: asyncio.Task[None]) -> None:
        self._writers.discard(writer)
        self._let_pass(writer)

    def _let_pass(self, writer: asyncio.Task[None] | None) -> None:
        if self._ahead is writer:
            self._ahead = None
        self._write_more()

    async def _write(self) -> None:
        """Write one batch: what waits by now, the first turn of the loop after it was begun.

        Where several wait others are on their way: a few turns of the loop bring most of them.
        """
        slow = self._loop.call_later(SLOW, self._let_pass, asyncio.current_task())
        try:
            for _ in range(TURNS if len(self._waiting) > 1 else 0):
                await asyncio.sleep(0)
            if batch := self._take():
                await self._answer(batch)
        finally:
            slow.cancel()

    def _take(self) -> Sequence[_Waiting]:
        """Take those who wait, but one of each stream, and none who has left."""
        batch: dict[str, _Waiting] = {}
        later: list[_Waiting] = []
        while self._waiting and len(batch) < MOST:
            each = self._waiting.popleft()
            if each.request.stream.name in batch:
                later.append(each)
            elif not each.answer.done():
                batch[each.request.stream.name] = each
        self._waiting.extendleft(reversed(later))
        return list(batch.values())

    async def _answer(self, batch: Sequence[_Waiting]) -> None:
        try:
            moments = await self._commit([each.request for each in batch])
        except (OutcomeUnknownError, UnavailableError) as error:
            self._fail(batch, error)
        except Exception as error:  # noqa: BLE001 - whoever is at fault is told
            if len(batch) == 1:
                self._fail(batch, error)
            # Nothing went in. By itself each command suffers for no fault but its own.
            for each in batch if len(batch) > 1 else ():
                await self._answer([each])
        else:
            for each, moment in zip(batch, moments, strict=True):
                if not each.answer.done():
                    each.answer.set_result(moment)
            self._turn_down(batch, moments)

    def _turn_down(self, batch: Sequence[_Waiting], moments: Sequence[datetime | None]) -> None:
        """Answer who waits with a version that a winner has taken: the log would say the same."""
        if not self._waiting:
            return
        taken = {
            each.request.stream.name: each.request.expected_version + len(each.request.events)
            for each, moment in zip(batch, moments, strict=True)
            if moment
        }
        for each in self._waiting:
            is_late = each.request.expected_version < taken.get(each.request.stream.name, 0)
            if is_late and not each.answer.done():
                each.answer.set_result(None)

    def _fail(self, batch: Sequence[_Waiting], error: Exception) -> None:
        for each in batch:
            if not each.answer.done():
                each.answer.set_exception(error)
