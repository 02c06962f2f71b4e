"""Connections that are kept in hand: used again, replaced when they break, gone with the engine."""

import asyncio

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.samples import Rival
from xogql.store.codec import GAMES
from xogql.store.drivers import MOST, Driver, Drivers, drivers_of
from xogql.store.engine import make_engine
from xogql.store.event_store import UnavailableError
from xogql.store.names import new_name

_OPEN = "select count(*) from pg_stat_activity where datname = current_database()"


@pytest.fixture
def drivers(engine: AsyncEngine) -> Drivers:
    return drivers_of(engine)


async def _pid(driver: Driver) -> int:
    pid: int = await driver.fetchval("select pg_backend_pid()")
    return pid


async def _used(drivers: Drivers) -> int:
    async with drivers.one() as driver:
        return await _pid(driver)


async def test_a_connection_is_used_again(drivers: Drivers) -> None:
    assert await _used(drivers) == await _used(drivers)


async def test_those_who_ask_at_once_have_one_each(drivers: Drivers) -> None:
    together = asyncio.Barrier(2 * MOST)  # room for all of them

    async def use() -> int:
        async with drivers.one() as driver:
            await together.wait()
            return await _pid(driver)

    async with asyncio.timeout(20):
        pids = await asyncio.gather(*(use() for _ in range(2 * MOST)))
    assert len(set(pids)) == 2 * MOST


async def test_who_waits_is_given_what_others_have_kept(drivers: Drivers) -> None:
    users = 10 + 1  # as many as the pool has, and one
    served, release = asyncio.Queue[int](), [asyncio.Event() for _ in range(users)]

    async def use(number: int) -> None:
        async with drivers.one():
            served.put_nowait(number)
            await release[number].wait()

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        for number in range(users):
            tasks.create_task(use(number))
        for _ in range(MOST):
            release[await served.get()].set()
        for _ in range(users - MOST):
            await served.get()
        for each in release:
            each.set()


async def test_who_waits_too_long_is_refused(database_url: str) -> None:
    engine = make_engine(database_url, pool_size=1, pool_timeout=0.01)
    drivers = drivers_of(engine)
    async with drivers.one():
        with pytest.raises(UnavailableError):
            await _used(drivers)
    await _used(drivers)
    await engine.dispose()


async def test_a_part_of_the_pool_is_left_to_others(database_url: str) -> None:
    engine = make_engine(database_url, pool_size=3, pool_timeout=5)
    drivers = drivers_of(engine)

    async with asyncio.timeout(20):
        await _used(drivers)
        async with drivers.one(), engine.connect() as connection:
            await connection.exec_driver_sql("select 1")
    await engine.dispose()


async def test_one_that_broke_is_replaced(drivers: Drivers, rival: Rival) -> None:
    pid = await _used(drivers)
    async with drivers.one() as driver:
        lost = asyncio.Event()
        driver.add_termination_listener(lambda _: lost.set())
    assert await rival.fetchval("select pg_terminate_backend($1)", pid)
    async with asyncio.timeout(20):
        await lost.wait()

    assert await _used(drivers) != pid


async def test_a_statement_that_fails_harms_no_later_one(drivers: Drivers) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        async with drivers.one() as driver:
            await driver.fetch(f'select from "{new_name(GAMES)}"')
    await _used(drivers)


async def test_a_statement_that_is_given_up_harms_no_later_one(drivers: Drivers) -> None:
    sent = asyncio.Event()

    async def use() -> None:
        async with drivers.one() as driver:
            sent.set()
            await driver.fetch("select pg_sleep(1000)")

    async with asyncio.timeout(20):
        task = asyncio.ensure_future(use())
        await sent.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await _used(drivers)


async def test_they_are_closed_with_the_engine(database_url: str, rival: Rival) -> None:
    before = await rival.fetchval(_OPEN)
    engine = make_engine(database_url)
    drivers = drivers_of(engine)
    pid = await _used(drivers)
    await engine.dispose()

    async with asyncio.timeout(20):
        while await rival.fetchval("select count(*) from pg_stat_activity where pid = $1", pid):
            pass
    assert await rival.fetchval(_OPEN) == before

    assert await _used(drivers) != pid  # an engine can be used again, and so can they
    await engine.dispose()
