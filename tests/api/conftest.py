"""One server process, and players at it, made once for all tests."""

from collections.abc import AsyncGenerator

import pytest

from tests.conftest import drop_database, new_database
from tests.e2e.clients import Match, Player, begun, signed_up
from tests.e2e.servers import Server, running


@pytest.fixture(scope="session")
async def server(
    cluster_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """Of one name it takes three logins, and no more for long."""
    url = await new_database(cluster_url, template_database)
    folder = tmp_path_factory.mktemp("server")
    async with running(url, folder, logins_per_name="3/1000") as server:
        yield server
    await drop_database(cluster_url, url)


@pytest.fixture(scope="session")
async def ann(server: Server) -> Player:
    return await signed_up(server, "ann")


@pytest.fixture(scope="session")
async def bob(server: Server) -> Player:
    return await signed_up(server, "bob")


@pytest.fixture(scope="session")
async def eve(server: Server) -> Player:
    """Somebody who has no seat."""
    return await signed_up(server, "eve")


@pytest.fixture
async def match(ann: Player, bob: Player) -> Match:
    """A game of ann's, who has X, and bob's."""
    return await begun(ann, bob)
