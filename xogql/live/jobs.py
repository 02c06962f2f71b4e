"""Jobs that run for ever: owned by a block, begun again when they fail, never in silence."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from random import SystemRandom
from typing import Any, TypeAlias, TypeVar

import asyncpg

from xogql.store.event_store import EventStoreError, OutcomeUnknownError, UnavailableError

logger = logging.getLogger(__name__)

T = TypeVar("T")

Job: TypeAlias = Callable[[], Coroutine[Any, Any, None]]

SHORTEST_PAUSE = 0.05
LONGEST_PAUSE = 2.0

OUTAGES = UnavailableError, OutcomeUnknownError
"""What is raised while the log cannot be read."""

_FORESEEN = (
    OSError,
    EventStoreError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
_random = SystemRandom()


def jittered(seconds: float) -> float:
    """Give a time between half of it and all of it, so that processes do not march in step."""
    return _random.uniform(seconds / 2, seconds)


class Backoff:
    """Pauses between attempts: from 0.05 seconds, doubled each time, up to 2 seconds."""

    def __init__(self) -> None:
        self._seconds = SHORTEST_PAUSE

    async def pause(self) -> None:
        """Wait before the next attempt."""
        seconds, self._seconds = self._seconds, min(2 * self._seconds, LONGEST_PAUSE)
        await asyncio.sleep(jittered(seconds))

    def reset(self) -> None:
        """Begin again with the shortest pause: an attempt went well."""
        self._seconds = SHORTEST_PAUSE


async def insist(name: str, read: Callable[[], Awaitable[T]]) -> T:
    """Read again and again, with pauses, until the log answers."""
    backoff = Backoff()
    while True:
        try:
            return await read()
        except OUTAGES as error:
            logger.warning("reading %s failed: %r", name, error)
        await backoff.pause()


async def supervise(
    name: str, attempt: Callable[[], Awaitable[None]], backoff: Backoff | None = None
) -> None:
    """Make the *attempt* for ever, with pauses; what it raises is logged and survived.

    *backoff*: the attempt's own, if it resets it.
    """
    backoff = backoff or Backoff()
    while True:
        try:
            await attempt()
        except _FORESEEN as error:
            logger.warning("%s failed: %r", name, error)
        except Exception:
            logger.exception("%s failed", name)
        await backoff.pause()


@asynccontextmanager
async def running(*jobs: Job) -> AsyncGenerator[None]:
    """Run the *jobs* while the block runs: at its end, however it ends, none is left."""
    failure: Exception | None = None
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job()) for job in jobs]
        try:
            yield
        except Exception as error:  # noqa: BLE001  (raised below: the group would wrap it)
            failure = error
        finally:
            for task in tasks:
                task.cancel()
    if failure is not None:
        raise failure
