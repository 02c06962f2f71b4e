"""Waiting for what a process tells by its state only."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable

PATIENCE = 60.0
"""Nothing takes so long, in seconds; only what hangs meets it."""


async def until(condition: Callable[[], object | Awaitable[object]]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(PATIENCE):
        while True:
            held = condition()
            if await held if isawaitable(held) else held:
                return
            await asyncio.sleep(0.01)
