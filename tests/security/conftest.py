"""A server process and the players at it."""

from collections.abc import AsyncGenerator

import pytest

from tests.conftest import drop_database, new_database
from tests.e2e.clients import Player, signed_up
from tests.e2e.servers import ServerProcess, running


@pytest.fixture(scope="session")
async def shared_database_url(cluster_url: str, template_database: str) -> AsyncGenerator[str]:
    url = await new_database(cluster_url, template_database)
    yield url
    await drop_database(cluster_url, url)


@pytest.fixture(scope="session")
async def server(
    shared_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[ServerProcess]:
    async with running(shared_database_url, tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
async def ann(server: ServerProcess) -> Player:
    return await signed_up(server, "ann")


@pytest.fixture(scope="session")
async def bob(server: ServerProcess) -> Player:
    return await signed_up(server, "bob")
