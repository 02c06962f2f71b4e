"""A world of its own for each test."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.readmodels.world import World


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)
