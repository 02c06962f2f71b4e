"""An event loop whose clock is virtual: where others wait, it moves the clock on.

No file is ever waited for, so nothing but timers can happen, and what happens is always the same.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Unseen: TypeAlias = Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object]
"""Told of an exception that nobody caught."""

MOST_TURNS = 100_000
"""Turns of the loop without a moment's passing: more are a loop that never ends."""


class DeadlockError(RuntimeError):
    """Everybody waits, and no timer is set: nothing will ever happen."""


class LivelockError(RuntimeError):
    """Something is always to be done at once: time stands still."""


class Timers(selectors.SelectSelector):
    """Stands where files are waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self._turns = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        """Let *timeout* seconds pass in no time."""
        if timeout is None:
            raise DeadlockError
        self._turns = 0 if timeout > 0 else self._turns + 1
        if self._turns > MOST_TURNS:
            raise LivelockError
        self.now += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs callbacks in asyncio's own order, and timers at their virtual times."""

    def __init__(self) -> None:
        self._timers = Timers()
        super().__init__(self._timers)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._timers.now


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run *main* to its end on a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main())


def now() -> float:
    """Virtual seconds since the beginning."""
    return asyncio.get_running_loop().time()
