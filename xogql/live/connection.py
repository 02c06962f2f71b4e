"""The bell's own connections: apart from the pool, and left without a word."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg

CONNECT_TIMEOUT = 5.0

_SETTINGS = {
    "synchronous_commit": "off",  # a hint may be lost, but must not wait for the disk
    # So that the server soon drops a session whose client has vanished: a LISTEN that nobody
    # reads keeps the notification queue of the whole cluster from being emptied.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20000",
}


@asynccontextmanager
async def connected(
    dsn: str, name: str, *, patience: float
) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
    """Connect for the block. *patience*: seconds that each statement may take.

    At the end the connection is cut, not closed: closing waits for an answer, and the other side
    may be gone.
    """
    connection = await asyncpg.connect(
        dsn,
        timeout=CONNECT_TIMEOUT,
        command_timeout=patience,
        server_settings={**_SETTINGS, "application_name": name},
    )
    try:
        yield connection
    finally:
        connection.terminate()
