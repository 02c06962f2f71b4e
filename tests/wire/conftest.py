"""The servers under test."""

from collections.abc import AsyncGenerator

import pytest

from tests.conftest import drop_database, new_database
from tests.e2e.clients import Player, signed_up
from tests.e2e.servers import Server, running


@pytest.fixture(scope="session")
async def server(
    cluster_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """A process of `xogql serve`."""
    url = await new_database(cluster_url, template_database)
    async with running(url, tmp_path_factory.mktemp("server")) as server:
        yield server
    await drop_database(cluster_url, url)


@pytest.fixture(scope="session")
async def ann(server: Server) -> Player:
    return await signed_up(server, "ann")


@pytest.fixture(scope="session")
async def bob(server: Server) -> Player:
    return await signed_up(server, "bob")
