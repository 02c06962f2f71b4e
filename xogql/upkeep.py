"""What an operator does to a database, from beginning to end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.auth.usher import Usher
from xogql.checks import DatabaseRefusedError, DatabaseUnreachableError, NotMigratedError
from xogql.readmodels.catalogue import projections
from xogql.readmodels.rebuild import rebuild
from xogql.store import revision
from xogql.store.codec import Event
from xogql.store.engine import make_engine
from xogql.store.event_store import Recorded
from xogql.store.migrations import migrate
from xogql.store.postgres import PostgresEventStore


async def migrate_database(url: str) -> None:
    """Bring the tables up to date."""
    engine = make_engine(url, pool_size=1)
    try:
        with _reached():
            await migrate(engine)
    finally:
        await engine.dispose()


async def check_database(url: str) -> None:
    """Check that the tables are up to date; a database that does not answer yet passes.

    Raises:
        NotMigratedError: if they are not.
        DatabaseRefusedError: if it answers, and lets nobody in.
    """
    engine = make_engine(url, pool_size=1)
    try:
        with suppress(OSError):
            if not await is_up_to_date(engine):
                raise NotMigratedError
    except DBAPIError as error:
        if _state(error).startswith(_REFUSED):
            raise DatabaseRefusedError(error.orig) from error
    finally:
        await engine.dispose()


async def is_up_to_date(engine: AsyncEngine) -> bool:
    """Tell whether no migration is missing."""
    try:
        async with engine.connect() as connection:
            found = await connection.scalar(text(revision.RECORDED))
    except DBAPIError as error:
        if _state(error) == _NO_SUCH_TABLE:
            return False
        raise
    return bool(found == revision.newest())


async def rebuild_readmodels(url: str, progress: Callable[[int], None]) -> int:
    """Make the read models again, telling how many events have been read; give how many were."""
    engine = make_engine(url, pool_size=2)
    read = 0
    try:
        with _reached():
            store = PostgresEventStore(engine, _no_ring)
            async for read in rebuild(engine, store, projections()):
                progress(read)
    finally:
        await engine.dispose()
    return read


async def let_guests_go(url: str, age: timedelta) -> int:
    """Let guests go who were not heard for so long; give how many went."""
    engine = make_engine(url, pool_size=2)
    try:
        with _reached():
            store = PostgresEventStore(engine, _no_ring, projections())
            return await Usher.of(engine, store, age).go_round()
    finally:
        await engine.dispose()


_REFUSED = ("28", "3D")
"""SQLSTATE's classes of an authorization, and of a database's name, that are not valid."""

_NO_SUCH_TABLE = "42P01"


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None))


@contextmanager
def _reached() -> Iterator[None]:
    """Say it in one way if the database fails."""
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseUnreachableError(error) from error


def _no_ring(recorded: Sequence[Recorded[Event]]) -> None:
    """Nobody follows what is appended here but by the backstop."""
