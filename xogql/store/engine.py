"""Connections to Postgres for statements that stand alone: no transaction, no session state."""

from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECT_TIMEOUT = 5.0
STATEMENT_TIMEOUT = 10.0
POOL_TIMEOUT = 5.0


def make_engine(
    url: str | URL,
    *,
    pool_size: int = 10,
    pool_timeout: float = POOL_TIMEOUT,
    statement_timeout: float | None = STATEMENT_TIMEOUT,
) -> AsyncEngine:
    """Make an engine that commits each statement by itself.

    *url*: `postgresql://…`. In seconds: *pool_timeout*, how long a statement waits for a
    connection; *statement_timeout*, how long for its answer, None for ever.
    """
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,  # of statements in errors: password hashes are among them
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=pool_timeout,
        connect_args={"timeout": CONNECT_TIMEOUT, "command_timeout": statement_timeout},
    )
    event.listen(engine.sync_engine, "checkout", _replace_closed)
    return engine


def _replace_closed(connection: Any, _record: object, _lent: object) -> None:  # noqa: ANN401
    """Have the pool connect anew where a connection broke while nobody used it."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError
