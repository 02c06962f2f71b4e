"""A queue in which those who ask take turns, however much each of them asks for."""

import asyncio
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """What waits: of each asker what came first, one asker after another; nothing twice.

    *most*: so much waits at once; *each*: of one asker.
    """

    def __init__(self, *, most: int, each: int) -> None:
        self._most = most
        self._each = each
        self._lanes: OrderedDict[str, dict[T, None]] = OrderedDict()
        self._length = 0
        self._some = asyncio.Event()

    def __len__(self) -> int:
        return self._length

    def add(self, asker: str, item: T) -> bool:
        """Let an item wait, unless it does already; tell whether it does now. Never suspends."""
        lane = self._lanes.get(asker, {})
        if item in lane:
            return True
        if self._length >= self._most or len(lane) >= self._each:
            return False
        lane[item] = None
        self._lanes[asker] = lane
        self._length += 1
        self._some.set()
        return True

    async def take(self) -> T:
        """Take what is next; wait, for ever if need be, until there is something."""
        while not self._length:
            self._some.clear()
            await self._some.wait()
        asker, lane = self._lanes.popitem(last=False)
        item = next(iter(lane))
        del lane[item]
        if lane:
            self._lanes[asker] = lane
        self._length -= 1
        return item
