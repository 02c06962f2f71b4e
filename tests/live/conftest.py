"""Two processes on one database."""

from collections.abc import AsyncGenerator

import pytest

from tests.live.processes import Pair, process


@pytest.fixture
async def two(database_url: str) -> AsyncGenerator[Pair]:
    """Two processes that hear each other, and have no backstop for an hour."""
    async with process(database_url) as here, process(database_url) as there:
        await here.is_listening()
        await there.is_listening()
        yield here, there
