"""What an operator does to a database, from beginning to end."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from xogql.app import projections
from xogql.readmodels.rebuild import rebuild
from xogql.store.codec import Event
from xogql.store.engine import make_engine
from xogql.store.event_store import Recorded
from xogql.store.migrations import is_up_to_date, migrate
from xogql.store.postgres import PostgresEventStore


class NotMigratedError(Exception):
    """The tables of this database are missing or old: run `xogql migrate` first."""

    def __str__(self) -> str:
        return str(self.__doc__)


async def migrate_database(url: str) -> None:
    """Bring the tables up to date."""
    engine = make_engine(url, pool_size=1)
    try:
        await migrate(engine)
    finally:
        await engine.dispose()


async def check_database(url: str) -> None:
    """Check that the tables are up to date; a database that does not answer yet passes.

    Raises:
        NotMigratedError: if they are not.
    """
    engine = make_engine(url, pool_size=1)
    try:
        with suppress(OSError, DBAPIError):
            if not await is_up_to_date(engine):
                raise NotMigratedError
    finally:
        await engine.dispose()


async def rebuild_readmodels(url: str, progress: Callable[[int], None]) -> int:
    """Make the read models again, telling how many events have been read; give how many were."""
    engine = make_engine(url, pool_size=2)
    read = 0
    try:
        async for read in rebuild(engine, PostgresEventStore(engine, _no_ring), projections()):
            progress(read)
    finally:
        await engine.dispose()
    return read


async def _no_ring(recorded: Sequence[Recorded[Event]]) -> None:
    """Nothing is appended here."""
