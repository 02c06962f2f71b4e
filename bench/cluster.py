"""A Postgres of the benchmark's own, with the settings that it comes with: fsync is on."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
from sqlalchemy import make_url

from bench.machine import cores, pinned
from bench.processes import cpu_of
from xogql.embedded import EmbeddedPostgres
from xogql.upkeep import migrate_database


@dataclass(frozen=True, slots=True)
class Database:
    """A database of the cluster."""

    url: str

    def execute(self, *statements: str) -> None:
        """Run statements that commit by themselves, however long they take."""
        asyncio.run(self._run(statements))

    def value(self, statement: str) -> Any:  # noqa: ANN401 - whatever is selected
        """Run a statement and give its one value."""
        return asyncio.run(self._run([statement]))

    def migrate(self) -> None:
        """Make the game's tables."""
        asyncio.run(migrate_database(self.url))

    async def _run(self, statements: Iterator[str] | list[str] | tuple[str, ...]) -> Any:  # noqa: ANN401
        connection = await asyncpg.connect(self.url)
        try:
            return [await connection.fetchval(each) for each in statements][-1]
        finally:
            await connection.close()


@dataclass(frozen=True, slots=True)
class Cluster:
    """The Postgres, by its first process."""

    root: Database
    pid: int
    folder: Path

    def cpu(self) -> float:
        """Give the seconds of CPU that it has used."""
        return cpu_of(self.pid)

    def checkpoint(self) -> None:
        """Write out what is not written, so that it does not fall into what is measured next."""
        self.root.execute("checkpoint")

    @contextmanager
    def database(self, name: str, *, migrated: bool = True) -> Iterator[Database]:
        """Have a database for the block."""
        name = f"bench_{name}"
        self.root.execute(f'create database "{name}"')
        url = make_url(self.root.url).set(database=name).render_as_string(hide_password=False)
        database = Database(url)
        try:
            if migrated:
                database.migrate()
            yield database
        finally:
            self.root.execute(f'drop database "{name}" with (force)')


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run it for the block, on the server's CPU."""
    with TemporaryDirectory(prefix="xogql-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        embedded = EmbeddedPostgres(folder)
        with pinned(cores().server):
            embedded.__enter__()
        try:
            yield Cluster(Database(embedded.url), _postmaster(folder), folder)
        finally:
            embedded.__exit__(None, None, None)


def _postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
