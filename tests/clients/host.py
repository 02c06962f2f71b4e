"""Server processes, one after another, at one address and on one database."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

import asyncpg

from tests.clients.address import kept_port
from tests.e2e.servers import ServerProcess, running
from tests.store.samples import Rival

T = TypeVar("T")

APPENDS = """
select count(*) from pg_locks join pg_database on pg_database.oid = database
where datname = current_database() and relation = 'event'::regclass and mode = 'RowExclusiveLock'
"""
"""How many transactions append, or wait until they may."""

PATIENCE = 120.0


async def until_appending(database: Rival, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while await database.fetchval(APPENDS) != count:
            pass


class Host:
    """Where a server runs that is killed and started again."""

    def __init__(self, database_url: str, folder: Path, port: str, **settings: str) -> None:
        self._database_url = database_url
        self._folder = folder
        self._port = port
        self._settings = settings
        self._stack = AsyncExitStack()
        self._server: ServerProcess | None = None

    @property
    def server(self) -> ServerProcess:
        """The latest process."""
        assert self._server is not None
        return self._server

    async def start(self) -> None:
        server = running(self._database_url, self._folder, port=self._port, **self._settings)
        self._server = await self._stack.enter_async_context(server)

    async def kill(self) -> None:
        await self.server.kill()

    async def kill_before_it_answers(self, commands: Sequence[Callable[[], T]]) -> list[T]:
        """Begin commands: they will be committed, and the server killed before."""
        database = await asyncpg.connect(self._database_url)
        begun: list[T] = []
        try:
            async with database.transaction():
                await database.execute("lock table event in share mode")
                for command in commands:
                    begun.append(command())
                    # One by one, so that none shares another's statement or waits for its end.
                    await until_appending(database, len(begun))
                await self.kill()
            await until_appending(database, 0)
        finally:
            await database.close()
        return begun

    async def close(self) -> None:
        await self._stack.aclose()


@asynccontextmanager
async def serving(database_url: str, folder: Path, **settings: str) -> AsyncGenerator[Host]:
    with kept_port() as port:
        host = Host(database_url, folder, port, **settings)
        try:
            await host.start()
            yield host
        finally:
            await host.close()
