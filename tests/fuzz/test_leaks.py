"""After attacks a server does nothing and holds nothing that it did not before."""

import asyncio
from collections import Counter

from sqlalchemy.pool import AsyncAdaptedQueuePool

from tests.fuzz.attacks import ATTACKS
from tests.fuzz.preparation import played, prepared
from tests.wire.in_process import LONGEST, InProcess, in_process
from xogql.store.drivers import drivers_of
from xogql.store.postgres import PostgresEventStore

EXAMPLES = 20


def tasks() -> Counter[str]:
    """What the server does at once, by the names of its coroutines."""
    coroutines = [task.get_coro() for task in asyncio.all_tasks()]
    return Counter(getattr(each, "__qualname__", "") for each in coroutines)


def borrowed(server: InProcess) -> int:
    """Connections to the database that somebody has taken, but for those that are kept in hand."""
    store = server.parts.endpoint.services.store
    assert isinstance(store, PostgresEventStore)
    pool = store._engine.pool
    assert isinstance(pool, AsyncAdaptedQueuePool)
    return pool.checkedout() - len(drivers_of(store._engine)._idle)


async def test_attacks_leave_no_task_and_no_connection_behind(database_url: str) -> None:
    async with in_process(database_url) as server:
        goal = await prepared(server)
        await server.until_nobody_is_served()
        before = tasks()

        for attack in ATTACKS.values():
            await asyncio.to_thread(attack, goal, EXAMPLES)
        await played(server)
        async with asyncio.timeout(LONGEST):
            await server.until_nobody_is_served()

        assert tasks() - before == Counter()
        assert borrowed(server) == 0
        assert server.followed() == {}
        assert server.parts.sockets.quotas._sockets == Counter()
