"""Connections to Postgres for statements that each stand alone: no transaction, no session state."""

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECT_TIMEOUT = 5.0
STATEMENT_TIMEOUT = 10.0
POOL_TIMEOUT = 5.0


def make_engine(url: str, *, pool_size: int = 10) -> AsyncEngine:
    """Make an engine that commits each statement by itself and passes JSON through as text.

    *url*: `postgresql://…`; timeouts are in seconds.
    """
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        isolation_level="AUTOCOMMIT",
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT,
        json_serializer=str,
        json_deserializer=str,
        connect_args={"timeout": CONNECT_TIMEOUT, "command_timeout": STATEMENT_TIMEOUT},
    )
