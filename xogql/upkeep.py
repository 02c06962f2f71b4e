"""What an operator does to a database, from beginning to end."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from xogql.api.persisted import read_manifest
from xogql.app import projections, usher
from xogql.auth.secret import signing_secret
from xogql.readmodels.rebuild import rebuild
from xogql.settings import Settings
from xogql.store.codec import Event
from xogql.store.engine import make_engine
from xogql.store.event_store import Recorded
from xogql.store.migrations import is_up_to_date, migrate
from xogql.store.postgres import PostgresEventStore


class NotMigratedError(Exception):
    """The tables of this database are missing or old: run `xogql migrate` first."""

    def __str__(self) -> str:
        return str(self.__doc__)


class DatabaseRefusedError(Exception):
    """The database lets nobody in: its name, the user or the password is wrong."""

    def __init__(self, reason: object) -> None:
        super().__init__(f"{self.__doc__}\n{reason}")


def check_settings(settings: Settings) -> None:
    """Check what the settings name.

    Raises:
        SecretRefusedError: if production has no secret to sign with, or a weak one.
        ManifestError: if the trusted documents cannot be read.
    """
    if settings.production:
        signing_secret(settings.secret, None, production=True)
    if settings.trusted_documents is not None:
        read_manifest(settings.trusted_documents)


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


_REFUSED = ("28", "3D")
"""SQLSTATE's classes of an authorization, and of a database's name, that are not valid."""


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None))


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


async def let_guests_go(settings: Settings, url: str) -> int:
    """Let guests go who are waited for no more; give how many went."""
    engine = make_engine(url, pool_size=2)
    try:
        store = PostgresEventStore(engine, _no_ring, projections())
        return await usher(settings, engine, store).go_round()
    finally:
        await engine.dispose()


async def _no_ring(recorded: Sequence[Recorded[Event]]) -> None:
    """Nobody follows what is appended here but by the backstop."""
