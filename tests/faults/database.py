"""A Postgres of the suite's own, that is stopped in every way there is and started again."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from signal import SIGCONT, SIGINT, SIGSTOP, Signals
from typing import Any

import asyncpg

from tests.faults.waiting import until
from xogql.embedded import EmbeddedPostgres
from xogql.embedded.binaries import bindir as find_bindir
from xogql.embedded.binaries import major_version, version
from xogql.embedded.postmaster import Postmaster
from xogql.upkeep import migrate_database

SMALLEST_QUEUE = 64
"""Pages of the notification queue: 512 kB."""

FIRST_WITH_QUEUE_SETTING = 17
UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Database:
    """Runs on the programs in *bindir*, or on those that xogql finds."""

    def __init__(self, folder: Path, bindir: Path | None = None) -> None:
        self._folder = folder
        self._bindir = find_bindir(bindir)
        self._postgres: EmbeddedPostgres | None = None

    @property
    def version(self) -> str:
        return version(self._bindir)

    @property
    def has_queue_setting(self) -> bool:
        return major_version(self._bindir) >= FIRST_WITH_QUEUE_SETTING

    @property
    def url(self) -> str:
        assert self._postgres is not None
        return self._postgres.url

    async def create(self) -> None:
        """Start for the first time, with a small notification queue and all tables."""
        await self.start()
        if self.has_queue_setting:
            await self.execute(f"alter system set max_notify_queue_pages = {SMALLEST_QUEUE}")
            await self.end(SIGINT)
            await self.start()
        await migrate_database(self.url)

    async def start(self) -> None:
        postgres = EmbeddedPostgres(self._folder, self._bindir)
        await asyncio.to_thread(postgres.__enter__)
        self._postgres = postgres

    async def end(self, how: Signals) -> None:
        """Send the postmaster a signal: SIGINT is fast, SIGQUIT immediate, SIGKILL a crash."""
        postmaster = Postmaster.of(self._folder / "postgres")
        assert postmaster is not None
        os.kill(postmaster.pid, how)
        await until(lambda: not postmaster.answers())
        await self.close()

    async def close(self) -> None:
        if self._postgres is not None:
            await asyncio.to_thread(self._postgres.__exit__, None, None, None)

    async def execute(self, statement: str, *values: object) -> None:
        await self.fetch(statement, *values)

    async def fetch(self, statement: str, *values: object) -> Sequence[Any]:
        """Run one statement on a connection of its own."""
        connection = await asyncpg.connect(self.url)
        try:
            records: Sequence[Any] = await connection.fetch(statement, *values)
        finally:
            connection.terminate()
        return records

    async def script(self, statements: str) -> None:
        """Run several statements as one message."""
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(statements)
        finally:
            await connection.close()

    async def configure(self, name: str, value: str) -> None:
        """Change a setting for all sessions, also those there are."""
        await self.execute(f"alter system set {name} = {value}")
        await self.execute("select pg_reload_conf()")

    async def reset(self, name: str) -> None:
        await self.execute(f"alter system reset {name}")
        await self.execute("select pg_reload_conf()")

    async def backends(self, name: str) -> Sequence[int]:
        """Give the processes of the connections with an application name."""
        found = await self.fetch(
            "select pid from pg_stat_activity where application_name = $1", name
        )
        return [each["pid"] for each in found]

    async def terminate(self, *names: str) -> int:
        """Cut the connections with these application names; tell how many there were."""
        found = await self.fetch(
            """select count(pg_terminate_backend(pid)) from pg_stat_activity
            where application_name = any($1)""",
            names,
        )
        return int(found[0][0])

    def freeze(self, backend: int) -> None:
        os.kill(backend, SIGSTOP)

    def thaw(self, backend: int) -> None:
        os.kill(backend, SIGCONT)
