"""What has to be put in place so that a run depends on its seed alone, and tells its complaints."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from random import Random

import asyncpg
import pytest

from tests.simulation.carrier import Carrier
from xogql.live import feed, jobs, tails, wakeups
from xogql.live.wakeups import Sleeper


class Complaints(logging.Handler):
    """What was logged as an error, or went unseen: no fault that is foreseen leads to one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Hear a record."""
        self.heard.append(f"{record.getMessage()} {record.exc_info}")

    def unseen(self, _: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        """Hear of an exception that nobody caught."""
        self.heard.append(str(context))


@contextmanager
def enclosed(carrier: Carrier, dice: Random, *, page: int) -> Iterator[Complaints]:
    """Replace the connections, the dice and the sizes of `xogql.live` while the block runs."""
    complaints, logger = Complaints(), logging.getLogger("xogql")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncpg, "connect", carrier.connect)
        patch.setattr(jobs, "_random", dice)
        patch.setattr(feed, "PAGE", page)
        patch.setattr(tails, "KEPT", page)
        patch.setattr(wakeups, "Sleeper", _numbered())
        patch.setattr(logger, "propagate", False)
        patch.setattr(logger, "level", logging.ERROR)
        logger.addHandler(complaints)
        try:
            yield complaints
        finally:
            logger.removeHandler(complaints)


def _numbered() -> type[Sleeper]:
    """Sleepers stand in sets by their address in memory: these stand by number."""
    numbers = count()

    class Numbered(Sleeper):
        def __init__(self, after: int, news: asyncio.Event | None = None) -> None:
            super().__init__(after, news)
            self._number = next(numbers)

        def __hash__(self) -> int:
            return self._number

        def __eq__(self, other: object) -> bool:
            return self is other

    return Numbered
