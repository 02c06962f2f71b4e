"""What Postgres and its driver raise, told apart: an outage, or a bug, which is left as it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from xogql.store.event_store import EventStoreError, TakenError, UnavailableError

_TAKEN = "23505"
"""A unique key holds the value. SQLSTATEs of the classes below say nothing of the statement."""
_REFUSED = ("25", "40", "53", "55", "57014")
"""It was rolled back: read-only, lost to another transaction, overload, locked, cancelled."""
_BROKEN = ("08", "57", "58")
"""Nobody answered to the end: no connection, shutdown, system failure."""


_FAILURES = (
    DBAPIError,
    PoolTimeoutError,
    OSError,
    # What a connection raises that dies while it is made or lent comes unwrapped.
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)


@contextmanager
def outages(broken: type[EventStoreError]) -> Iterator[None]:
    """Raise TakenError or UnavailableError where the server refused, *broken* if no answer came."""
    try:
        yield
    except _FAILURES as error:
        state = _state(error)
        if state == _TAKEN:
            raise TakenError from error
        if state.startswith(_REFUSED):
            raise UnavailableError from error
        if state.startswith(_BROKEN):
            raise broken from error
        raise


def _state(error: BaseException) -> str:
    """Give the SQLSTATE of a failure; one that did not come from the server is a connection's."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlstate", None) or "08000"
