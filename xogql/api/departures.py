"""Departures: what is written in one turn of the loop leaves at its end, for all sockets."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias
from weakref import WeakKeyDictionary

Send: TypeAlias = Callable[[], None]


class Departures:
    """Calls those who have something to send: one callback of the loop for all of them."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[Send] = []

    def put(self, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        """Have somebody send at the end of this turn; whatever it raises harms no other."""
        if not self._waiting:
            loop.call_soon(self._leave, loop)
        self._waiting.append(send)

    def _leave(self, loop: asyncio.AbstractEventLoop) -> None:
        waiting, self._waiting = self._waiting, []
        for send in waiting:
            try:
                send()
            except Exception as error:  # noqa: BLE001 - told as the loop tells it of callbacks
                loop.call_exception_handler({"message": "sending failed", "exception": error})


_KNOWN: WeakKeyDictionary[asyncio.AbstractEventLoop, Departures] = WeakKeyDictionary()


def departures_of(loop: asyncio.AbstractEventLoop) -> Departures:
    """Give those of a loop."""
    departures = _KNOWN.get(loop)
    if departures is None:
        departures = _KNOWN[loop] = Departures()
    return departures
