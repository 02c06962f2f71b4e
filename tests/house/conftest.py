"""A server, and somebody who plays the house there."""

import pytest

from tests.e2e.clients import Match, Player, begun, signed_up
from tests.e2e.conftest import folder, here, shared_database_url, there
from tests.e2e.servers import Server

__all__ = ["folder", "here", "shared_database_url", "there"]


@pytest.fixture(scope="session")
async def ann(here: Server) -> Player:
    return await signed_up(here, "ann")


@pytest.fixture(scope="session")
async def bob(there: Server) -> Player:
    return await signed_up(there, "bob")


@pytest.fixture
async def match(ann: Player, bob: Player) -> Match:
    return await begun(ann, bob)
