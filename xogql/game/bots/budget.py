"""How much a player may think: a number of nodes, and a caller who may say stop."""

from collections.abc import Callable
from typing import TypeAlias

Stop: TypeAlias = Callable[[], bool]
"""Asked now and then whether to give the best so far."""


def never() -> bool:
    """Let a player think to its end."""
    return False
