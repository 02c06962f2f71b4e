"""Whether a Postgres that was started can be used."""

import asyncio
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg

from xogql.embedded.postmaster import Postmaster

POLL = 0.01
DATABASE = "xogql"
UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


def comes_up(cluster: Path, process: subprocess.Popen[bytes], deadline: float) -> bool:
    """Wait until the server of *cluster* is ready, by its own word; not if it ends or is late."""
    while process.poll() is None and time.monotonic() < deadline:
        postmaster = Postmaster.of(cluster)
        if postmaster is not None and postmaster.is_ready:
            return True
        time.sleep(POLL)
    return False


def ensure_database(url: str, timeout: float) -> None:
    """Connect to *url*, and create its database if it is missing."""
    # In a thread of its own: the caller may have an event loop, running or not.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, _ensure_database(url, timeout)).result()


async def _ensure_database(url: str, patience: float) -> None:
    async with asyncio.timeout(patience):
        try:
            connection = await asyncpg.connect(url)
        except asyncpg.InvalidCatalogNameError:
            await _create_database(url)
        else:
            await connection.close()


async def _create_database(url: str) -> None:
    connection = await asyncpg.connect(url, database="postgres")
    try:
        await connection.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        await connection.close()
