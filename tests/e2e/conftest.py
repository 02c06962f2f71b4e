"""Two server processes on one database, and players at them, made once for all tests."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.conftest import drop_database, new_database
from tests.e2e.clients import Match, Player, begun, signed_up
from tests.e2e.servers import Server, running


@pytest.fixture(scope="session")
async def shared_database_url(cluster_url: str, template_database: str) -> AsyncGenerator[str]:
    url = await new_database(cluster_url, template_database)
    yield url
    await drop_database(cluster_url, url)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
async def here(shared_database_url: str, folder: Path) -> AsyncGenerator[Server]:
    async with running(shared_database_url, folder / "here") as server:
        yield server


@pytest.fixture(scope="session")
async def there(shared_database_url: str, folder: Path) -> AsyncGenerator[Server]:
    """Another process on the same database."""
    async with running(shared_database_url, folder / "there") as server:
        yield server


@pytest.fixture(scope="session")
async def ann(here: Server) -> Player:
    return await signed_up(here, "ann")


@pytest.fixture(scope="session")
async def bob(there: Server) -> Player:
    return await signed_up(there, "bob")


@pytest.fixture(scope="session")
async def eve(here: Server) -> Player:
    """Somebody who has no seat."""
    return await signed_up(here, "eve")


@pytest.fixture
async def match(ann: Player, bob: Player) -> Match:
    """A game of ann's, who has X, and bob's, who is on the other process."""
    return await begun(ann, bob)
