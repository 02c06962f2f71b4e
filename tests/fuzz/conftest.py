"""The server that is attacked."""

from collections.abc import AsyncGenerator

import pytest

from tests.conftest import drop_database, new_database
from tests.e2e.servers import ServerProcess, running
from tests.fuzz.attacks import Goal
from tests.fuzz.preparation import prepared


@pytest.fixture(scope="session")
async def server(
    cluster_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[ServerProcess]:
    """A process of `xogql serve` that lets one client do as much as they like."""
    url = await new_database(cluster_url, template_database)
    async with running(url, tmp_path_factory.mktemp("server"), log_level="INFO") as server:
        yield server
    await drop_database(cluster_url, url)


@pytest.fixture(scope="session")
async def goal(server: ServerProcess) -> Goal:
    return await prepared(server)
