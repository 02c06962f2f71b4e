"""A real Postgres for the tests: XOGQL_TEST_DATABASE_URL's, or one of our own."""

import os
import signal
from collections.abc import AsyncGenerator, Iterator
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.embedded import EmbeddedPostgres
from xogql.store.engine import make_engine
from xogql.store.migrations import migrate

# Whoever starts pytest in the background may have it ignore Ctrl-C, and so would our servers.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def cluster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where databases can be made: a DSN of some database of the cluster."""
    if given := os.environ.get("XOGQL_TEST_DATABASE_URL"):
        yield given
        return
    with EmbeddedPostgres(tmp_path_factory.mktemp("cluster")) as embedded:
        yield embedded.url


async def new_database(cluster_url: str, template: str | None = None) -> str:
    name = f"xogql_test_{uuid4().hex}"
    connection = await asyncpg.connect(cluster_url)
    like = f'template "{template}"' if template else ""
    await connection.execute(f'create database "{name}" {like}')
    await connection.close()
    return make_url(cluster_url).set(database=name).render_as_string(hide_password=False)


async def drop_database(cluster_url: str, url: str) -> None:
    connection = await asyncpg.connect(cluster_url)
    await connection.execute(f'drop database "{make_url(url).database}" with (force)')
    await connection.close()


@pytest.fixture(scope="session")
async def template_database(cluster_url: str) -> AsyncGenerator[str]:
    """The name of a migrated database that nobody is connected to."""
    url = await new_database(cluster_url)
    engine = make_engine(url)
    await migrate(engine)
    await engine.dispose()
    yield str(make_url(url).database)
    await drop_database(cluster_url, url)


@pytest.fixture
async def database_url(cluster_url: str, template_database: str) -> AsyncGenerator[str]:
    """A migrated database of the test's own."""
    url = await new_database(cluster_url, template_database)
    yield url
    await drop_database(cluster_url, url)


@pytest.fixture
async def engine(database_url: str) -> AsyncGenerator[AsyncEngine]:
    engine = make_engine(database_url)
    yield engine
    await engine.dispose()
