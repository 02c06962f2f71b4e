"""Whatever breaks: an error of the store's own, nothing lost, nothing twice, and life goes on."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
from asyncpg import UndefinedTableError
from sqlalchemy import event as happening
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.samples import (
    Bell,
    Rival,
    command,
    insist,
    move,
    new_game,
    outcome,
    until_waited_for,
)
from xogql.store.codec import GAMES
from xogql.store.engine import make_engine
from xogql.store.event_store import EventStore, OutcomeUnknownError, UnavailableError
from xogql.store.postgres import PostgresEventStore

KILL_ALL = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
KILL_ME = "select pg_terminate_backend(pg_backend_pid())"
Ask: TypeAlias = Callable[[EventStore], Awaitable[object]]
STREAM = new_game()
READS: Mapping[str, Ask] = {
    "read": lambda store: store.read(STREAM),
    "read_many": lambda store: store.read_many({STREAM: 0}),
    "find": lambda store: store.find(STREAM, uuid4()),
    "grown": lambda store: store.grown({STREAM.name: 0}),
    "scan": lambda store: anext(store.scan(GAMES, GAMES.kinds)),
}
ALL: Mapping[str, Ask] = {
    "append": lambda store: store.append(command(STREAM, 0, move(1))),
    **READS,
}


@asynccontextmanager
async def log_at(url: str, **options: float) -> AsyncGenerator[PostgresEventStore]:
    """A log over one connection, with timeouts of its own."""
    engine = make_engine(url, pool_size=1, **options)
    yield PostgresEventStore(engine, Bell())
    await engine.dispose()


@pytest.mark.parametrize("ask", ALL.values(), ids=ALL)
async def test_a_refused_connection_is_an_outage(ask: Ask) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        async with log_at(f"postgresql://xogql@127.0.0.1:{silent.getsockname()[1]}/x") as log:
            with pytest.raises(UnavailableError):
                await ask(log)


async def test_a_connection_that_breaks_while_it_is_made_is_an_outage(
    store: PostgresEventStore, engine: AsyncEngine
) -> None:
    def break_off(connection: Any, _: object) -> None:
        connection.run_async(lambda driver: driver.execute(KILL_ME))

    happening.listen(engine.sync_engine, "connect", break_off)

    for ask in ALL.values():
        with pytest.raises(UnavailableError):
            await ask(store)


async def test_an_exhausted_pool_is_an_outage(database_url: str) -> None:
    engine = make_engine(database_url, pool_size=1, pool_timeout=0.01)

    async with engine.connect():
        for ask in ALL.values():
            with pytest.raises(UnavailableError):
                await ask(PostgresEventStore(engine, Bell()))

    await engine.dispose()


async def test_a_read_only_database_is_read_and_takes_nothing(
    rival: Rival, database_url: str
) -> None:
    name = await rival.fetchval("select current_database()")
    await rival.execute(f'alter database "{name}" set default_transaction_read_only = on')

    async with log_at(database_url) as log:
        with pytest.raises(UnavailableError):
            await log.append(command(STREAM, 0, move(1)))
        assert await log.read(STREAM) == []


async def test_a_read_that_takes_too_long_is_an_outage(rival: Rival, database_url: str) -> None:
    async with log_at(database_url, statement_timeout=0.05) as log:
        async with rival.transaction():
            await rival.execute("lock table event in access exclusive mode")
            for ask in READS.values():
                with pytest.raises(UnavailableError):
                    await ask(log)

        assert await log.read(STREAM) == []


async def test_nobody_knows_what_became_of_an_append_that_took_too_long(
    rival: Rival, database_url: str
) -> None:
    async with log_at(database_url, statement_timeout=0.05) as log:
        append = command(STREAM, 0, move(1))
        async with rival.transaction():
            await rival.execute("lock table event in share mode")
            with pytest.raises(OutcomeUnknownError):
                await log.append(append)

        recorded = await insist(log, append)
        assert await log.read(STREAM) == recorded


async def test_a_cancelled_append_leaves_its_connection_usable(
    rival: Rival, database_url: str
) -> None:
    append = command(STREAM, 0, move(1))
    async with log_at(database_url) as log:
        async with rival.transaction():
            await rival.execute("lock table event in share mode")
            waiting = asyncio.ensure_future(log.append(append))
            await until_waited_for(rival)
            waiting.cancel()
            assert isinstance(await outcome(waiting), asyncio.CancelledError)

        recorded = await insist(log, append)
        assert await log.read(STREAM) == recorded


async def test_a_connection_that_broke_while_idle_is_replaced_unnoticed(
    rival: Rival, engine: AsyncEngine, bell: Bell
) -> None:
    closed = asyncio.Event()
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        driver.add_termination_listener(lambda _: closed.set())

    await rival.execute(KILL_ALL)
    async with asyncio.timeout(10):
        await closed.wait()

    assert await PostgresEventStore(engine, bell).append(command(STREAM, 0, move(1)))


async def test_a_bug_is_not_taken_for_an_outage(store: PostgresEventStore, rival: Rival) -> None:
    await rival.execute("alter table event rename to events")

    for ask in ALL.values():
        with pytest.raises((ProgrammingError, UndefinedTableError), match='"event" does not exist'):
            await ask(store)
