"""The servers under test."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.e2e.servers import Server
from tests.e2e.servers import running as running_process


@pytest.fixture
async def server(database_url: str, tmp_path: Path) -> AsyncGenerator[Server]:
    """A process of `xogql serve`."""
    async with running_process(database_url, tmp_path) as server:
        yield server
