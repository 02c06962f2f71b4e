"""One question for all who ask at once: the more ask, the more go together, none waits for long."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

from xogql.live.jobs import insist

K = TypeVar("K")
V = TypeVar("V")


class _Batch(Generic[K, V]):
    def __init__(self) -> None:
        self.keys: set[K] = set()
        self.answer: Mapping[K, V] | None = None
        self.broken = False


class Together(Generic[K, V]):
    """Asks for what many want: one question is under way, what is wanted meanwhile is the next.

    An answer is never older than the asking. *ask* answers for every key; while the log cannot be
    read, who asks waits. *name*: what is read, for the log.
    """

    def __init__(self, name: str, ask: Callable[[Collection[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._name = name
        self._ask = ask
        self._under_way: asyncio.Event | None = None
        self._next: _Batch[K, V] = _Batch()

    async def of(self, keys: Collection[K]) -> Mapping[K, V]:
        """Ask for these keys.

        Raises:
            Exception: what the question raises for these keys, whatever others want.
        """
        if not keys:
            return {}
        batch = self._next
        batch.keys.update(keys)
        while batch.answer is None and not batch.broken:
            if self._under_way is None:
                await self._put(batch)
            else:
                await self._under_way.wait()
        answer = batch.answer
        if answer is None:
            answer = await insist(self._name, lambda: self._ask(keys))
        return {key: answer[key] for key in keys}

    async def _put(self, batch: _Batch[K, V]) -> None:
        """Ask what all of a batch want; whoever does it may be cancelled, and another does it."""
        self._under_way = over = asyncio.Event()
        if batch is self._next:
            self._next = _Batch()
        try:
            batch.answer = await insist(self._name, lambda: self._ask(batch.keys))
        except Exception:  # noqa: BLE001  (each asks again for itself, and hears it)
            batch.broken = True
        finally:
            self._under_way = None
            over.set()
