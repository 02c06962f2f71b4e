"""The outbox of a loop: what is written in one of its turns goes out at the end of that turn."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias
from weakref import WeakKeyDictionary

Send: TypeAlias = Callable[[], None]


class Outbox:
    """Calls those who have something to send: one callback of the loop for all of them."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[Send] = []

    def put(self, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        """Have somebody send at the end of this turn; whatever it raises harms no other."""
        if not self._waiting:
            loop.call_soon(self._empty, loop)
        self._waiting.append(send)

    def _empty(self, loop: asyncio.AbstractEventLoop) -> None:
        waiting, self._waiting = self._waiting, []
        for send in waiting:
            try:
                send()
            except Exception as error:  # noqa: BLE001 - told as the loop tells it of callbacks
                loop.call_exception_handler({"message": "sending failed", "exception": error})


_OUTBOXES: WeakKeyDictionary[asyncio.AbstractEventLoop, Outbox] = WeakKeyDictionary()


def outbox_of(loop: asyncio.AbstractEventLoop) -> Outbox:
    """Give the one outbox of a loop."""
    outbox = _OUTBOXES.get(loop)
    if outbox is None:
        outbox = _OUTBOXES[loop] = Outbox()
    return outbox
