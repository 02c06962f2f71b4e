"""Connections of the driver's: lent by the engine's pool once, and kept for the next statement."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TypeAlias
from weakref import WeakKeyDictionary, proxy

import asyncpg
from sqlalchemy import Engine, QueuePool, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from xogql.store.event_store import UnavailableError

MOST = 4
"""Connections that are kept of one engine; half of its pool is left in any case."""

SPARE = 2
"""Connections of the pool that are never lent here, if it has more: others want some, too."""

Driver: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@dataclass(frozen=True, slots=True)
class _Loan:
    """A connection, and what gives it back to the pool."""

    driver: Driver
    connection: AsyncConnection
    back: AsyncExitStack


class Drivers:
    """Lends connections for statements that leave nothing behind: no transaction, no setting.

    To take one from the pool and give it back takes SQLAlchemy 0.2 ms of CPU, several times what a
    statement takes. Those that are kept are closed when the engine is disposed of.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine: AsyncEngine = proxy(engine)  # which whoever made it holds
        self._idle: list[_Loan] = []
        pool = engine.sync_engine.pool
        if not isinstance(pool, QueuePool):
            raise TypeError(pool)
        self._most, self._patience = min(MOST, pool.size() // 2), pool.timeout()
        # A queue of its own: who waited for the pool would never be given what is kept here.
        self._room = asyncio.Semaphore(max(1, pool.size() - SPARE))
        event.listen(engine.sync_engine, "engine_disposed", self._close)

    @asynccontextmanager
    async def one(self) -> AsyncGenerator[Driver]:
        """Lend a connection for the block; one that a statement has failed on is not kept.

        Raises:
            UnavailableError: if there is none. SQLAlchemy's own errors say the same.
        """
        await self._enter()
        try:
            loan = await self._take()
            try:
                yield loan.driver
            except BaseException:
                await loan.back.aclose()
                raise
            if len(self._idle) < self._most:
                self._idle.append(loan)
            else:
                await loan.back.aclose()
        finally:
            self._room.release()

    async def _enter(self) -> None:
        """Wait for one's turn, as long as for a connection of the pool."""
        if self._room.locked():
            try:
                async with asyncio.timeout(self._patience):
                    await self._room.acquire()
            except TimeoutError:
                raise UnavailableError from None
        else:
            await self._room.acquire()

    async def _take(self) -> _Loan:
        while self._idle:
            loan = self._idle.pop()
            if not loan.driver.is_closed():
                return loan
            await loan.back.aclose()
        async with AsyncExitStack() as stack:
            connection = await stack.enter_async_context(self._engine.connect())
            driver = (await connection.get_raw_connection()).driver_connection
            if driver is None:
                raise UnavailableError
            return _Loan(driver, connection, stack.pop_all())

    def _close(self, _engine: Engine) -> None:
        """Close what is kept: SQLAlchemy calls this where it may wait for it."""
        while self._idle:
            connection = self._idle.pop().connection.sync_connection
            if connection is not None:
                connection.invalidate()
                connection.close()


_KNOWN: WeakKeyDictionary[AsyncEngine, Drivers] = WeakKeyDictionary()


def drivers_of(engine: AsyncEngine) -> Drivers:
    """Give the connections that are kept of an engine."""
    drivers = _KNOWN.get(engine)
    if drivers is None:
        drivers = _KNOWN[engine] = Drivers(engine)
    return drivers
