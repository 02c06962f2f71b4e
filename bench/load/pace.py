"""When moves are made: one after the other, or at a steady rate whatever the server does."""

import asyncio
from collections.abc import Callable
from time import perf_counter

Make = Callable[[float], None]


class Unpaced:
    """The next move at once."""

    def wait_for_turn(self, make: Make) -> None:
        """See Pace."""
        make(perf_counter())


class Steady:
    """A move every *interval*; one that is late counts from when it was due."""

    def __init__(self, start: float, interval: float) -> None:
        self._due = start
        self._interval = interval

    def wait_for_turn(self, make: Make) -> None:
        """See Pace."""
        due, self._due = self._due, self._due + self._interval
        wait = due - perf_counter()
        if wait <= 0:
            make(due)
        else:
            asyncio.get_running_loop().call_later(wait, lambda: make(perf_counter()))
