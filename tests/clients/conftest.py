"""The libraries, installed."""

from pathlib import Path

import pytest

from tests.clients.library import GQL, IN_NODE, NODE_FOLDER, Library, in_node
from tests.node import installed


@pytest.fixture(scope="session")
def node_folder(pytestconfig: pytest.Config) -> Path:
    """A copy of the programs of Node, with the packages that they use."""
    return installed(NODE_FOLDER, pytestconfig.cache)


@pytest.fixture(scope="session")
def libraries(node_folder: Path) -> list[Library]:
    return [*(in_node(name, node_folder) for name in IN_NODE), GQL]
