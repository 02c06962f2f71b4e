"""How much a player may think: a number of nodes, and a caller who may say stop."""

from collections.abc import Callable
from typing import TypeAlias

Stop: TypeAlias = Callable[[], bool]
"""Asked now and then whether to give the best so far."""

_ASKED_EVERY = 64


def never() -> bool:
    """Let a player think to its end."""
    return False


class ThoughtEnoughError(Exception):
    """The budget is spent, or the caller said stop."""


class Budget:
    """So many nodes, unless *stop* ends them sooner."""

    __slots__ = ("_left", "_stop", "is_stopped")

    def __init__(self, nodes: int, stop: Stop) -> None:
        self._left = nodes
        self._stop = stop
        self.is_stopped = stop()

    @property
    def is_spent(self) -> bool:
        """Whether there is nothing left to think with."""
        return self._left <= 0 or self.is_stopped

    def spend(self) -> None:
        """Look at one more node.

        Raises:
            ThoughtEnoughError: That was the last.
        """
        self._left -= 1
        if self._left % _ASKED_EVERY == 0 and self._stop():
            self.is_stopped = True
        if self.is_spent:
            raise ThoughtEnoughError

    def part(self, nodes: int) -> "Budget":
        """Return a budget of its own, of no more than is left, for a part of the thinking."""
        return Budget(min(nodes, self._left), self._stop)
