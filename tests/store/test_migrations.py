"""The migrations lead from nothing to the tables that the code believes in, and back."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from zipfile import ZipFile

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.catalogue import everything, tables_of
from xogql.store.engine import make_engine
from xogql.store.migrations import config_for, migrate
from xogql.store.revision import newest, scripts
from xogql.store.tables import metadata

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def empty(empty_database_url: str) -> AsyncGenerator[AsyncEngine]:
    engine = make_engine(empty_database_url)
    yield engine
    await engine.dispose()


def climb(connection: Connection) -> None:
    """Take every step up, down and up again, and look at the same place twice."""
    config = config_for(connection)
    revisions = [*ScriptDirectory.from_config(config).walk_revisions()][::-1]
    for revision in revisions:
        below = everything(connection)
        command.upgrade(config, revision.revision)
        above = everything(connection)
        command.downgrade(config, "-1")
        assert everything(connection) == below
        command.upgrade(config, revision.revision)
        assert everything(connection) == above != below


async def test_every_step_leads_up_and_down_and_up_again(empty: AsyncEngine) -> None:
    async with empty.execution_options(isolation_level="READ COMMITTED").begin() as connection:
        await connection.run_sync(climb)


async def test_alembic_finds_nothing_to_migrate(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.run_sync(lambda each: command.check(config_for(each)))


async def test_the_migrations_make_what_the_metadata_says(
    empty: AsyncEngine, engine: AsyncEngine
) -> None:
    async with empty.connect() as connection:
        await connection.run_sync(metadata.create_all)

    assert await tables_of(engine) == await tables_of(empty) != []


async def test_two_may_migrate_at_once(empty: AsyncEngine, engine: AsyncEngine) -> None:
    other = make_engine(empty.url)

    await asyncio.gather(migrate(empty), migrate(other))

    assert await tables_of(other) == await tables_of(engine)
    await other.dispose()


def test_the_newest_migration_is_known_without_alembic() -> None:
    folder = ScriptDirectory(str(scripts()))

    assert newest() == folder.get_current_head()


async def test_migrating_again_changes_nothing(engine: AsyncEngine) -> None:
    before = await tables_of(engine)

    await migrate(engine)

    assert await tables_of(engine) == before


def run(*words: str, within: Path, **environment: str) -> None:
    subprocess.run(
        [sys.executable, *words],
        cwd=within,
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """What the package is when it is installed."""
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), within=ROOT)
    [wheel] = tmp_path.glob("*.whl")
    ZipFile(wheel).extractall(tmp_path / "installed")
    return tmp_path / "installed"


async def test_an_installed_wheel_migrates(
    empty: AsyncEngine, engine: AsyncEngine, installed: Path
) -> None:
    url = empty.url.set(drivername="postgresql").render_as_string(hide_password=False)
    script = (
        "import asyncio, sys, xogql.store.migrations as m, xogql.store.engine as e\n"
        "assert m.__file__.startswith(sys.argv[1]), m.__file__\n"
        "asyncio.run(m.migrate(e.make_engine(sys.argv[2])))"
    )

    run("-c", script, str(installed), url, within=installed.parent, PYTHONPATH=str(installed))

    assert await tables_of(empty) == await tables_of(engine)


async def test_alembic_migrates_from_the_command_line(
    empty: AsyncEngine, engine: AsyncEngine
) -> None:
    url = empty.url.set(drivername="postgresql").render_as_string(hide_password=False)

    run("-m", "alembic", "upgrade", "head", within=ROOT, XOGQL_DATABASE_URL=url)

    assert await tables_of(empty) == await tables_of(engine)
