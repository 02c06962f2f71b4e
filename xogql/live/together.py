"""One question for all who ask at once: the more ask, the more go together, none waits for long."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from math import inf
from typing import Generic, TypeAlias, TypeVar

from xogql.live.jobs import OUTAGES, insist

K = TypeVar("K")
V = TypeVar("V")

Ask: TypeAlias = Callable[[Collection[K]], Awaitable[Mapping[K, V]]]
"""Answers for every key."""


def insisting(name: str, ask: Ask[K, V]) -> Ask[K, V]:
    """Have a question asked until the log can be read. *name*: what is read, for the log."""
    return lambda keys: insist(name, lambda: ask(keys))


class _Batch(Generic[K, V]):
    def __init__(self) -> None:
        self.keys: dict[K, None] = {}  # in the order in which they are wanted
        self.answer: Mapping[K, V] | None = None
        self.fault: Exception | None = None


class Together(Generic[K, V]):
    """Asks for what many want: one question is under way, what is wanted meanwhile is the next.

    An answer is never older than the asking. *most*: keys after which the next question is full.
    """

    def __init__(self, ask: Ask[K, V], *, most: float = inf) -> None:
        self._ask = ask
        self._most = most
        self._under_way: asyncio.Event | None = None
        self._next: _Batch[K, V] = _Batch()

    async def of(self, keys: Collection[K]) -> Mapping[K, V]:
        """Ask for these keys.

        Raises:
            EventStoreError: if the log cannot be read, to all who ask by then.
            Exception: what the question raises for these keys, whatever others want.
        """
        if not keys:
            return {}
        batch = self._next
        batch.keys.update(dict.fromkeys(keys))
        if len(batch.keys) >= self._most:
            self._next = _Batch()
        while batch.answer is None and batch.fault is None:
            if self._under_way is None:
                await self._put(batch)
            else:
                await self._under_way.wait()
        if isinstance(batch.fault, OUTAGES):
            raise type(batch.fault) from batch.fault
        answer = batch.answer
        if answer is None:
            answer = await self._ask(keys)
        return {key: answer[key] for key in keys}

    async def _put(self, batch: _Batch[K, V]) -> None:
        """Ask what all of a batch want; whoever does it may be cancelled, and another does it."""
        self._under_way = over = asyncio.Event()
        try:
            await asyncio.sleep(0)  # whoever asks in this turn of the loop goes along
            if batch is self._next:
                self._next = _Batch()
            batch.answer = await self._ask(batch.keys)
        except OUTAGES as outage:
            # Who asked meanwhile would wait as long again, to hear the same.
            batch.fault = self._next.fault = outage
            self._next = _Batch()
        except Exception as fault:  # noqa: BLE001  (each asks again for itself, and hears it)
            batch.fault = fault
        finally:
            self._under_way = None
            over.set()
