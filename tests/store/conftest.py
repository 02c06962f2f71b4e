"""Both logs, each with a bell and with a second process that uses it."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

import pytest
from asyncpg import connect
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.conftest import drop_database, new_database
from tests.store.samples import Bell, Rival
from xogql.store.engine import make_engine
from xogql.store.event_store import EventStore
from xogql.store.memory import MemoryEventStore
from xogql.store.postgres import PostgresEventStore


@dataclass(frozen=True)
class Log:
    """*other*: the same log as another process has it, over connections of its own."""

    store: EventStore
    other: EventStore
    bell: Bell


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture(scope="session")
async def shared_engines(
    cluster_url: str, template_database: str
) -> AsyncGenerator[Sequence[AsyncEngine]]:
    """Two processes' connections to one database, for tests that have streams of their own."""
    url = await new_database(cluster_url, template_database)
    engines = [make_engine(url) for _ in range(2)]
    yield engines
    for each in engines:
        await each.dispose()
    await drop_database(cluster_url, url)


@pytest.fixture(params=["memory", "postgres"])
def log(request: pytest.FixtureRequest, bell: Bell) -> Log:
    """A log that may hold other tests' streams."""
    if request.param == "memory":
        store = MemoryEventStore(bell)
        return Log(store, store, bell)
    engine, other = request.getfixturevalue("shared_engines")
    return Log(PostgresEventStore(engine, bell), PostgresEventStore(other, Bell()), bell)


@pytest.fixture
def store(engine: AsyncEngine, bell: Bell) -> PostgresEventStore:
    return PostgresEventStore(engine, bell)


@pytest.fixture
async def other_engine(database_url: str) -> AsyncGenerator[AsyncEngine]:
    other = make_engine(database_url)
    yield other
    await other.dispose()


@pytest.fixture
async def rival(database_url: str) -> AsyncGenerator[Rival]:
    connection = await connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
async def empty_database_url(cluster_url: str) -> AsyncGenerator[str]:
    """A database without tables."""
    url = await new_database(cluster_url)
    yield url
    await drop_database(cluster_url, url)
