"""The libraries that clients are made with, and their programs."""

import sys
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.project import ROOT
from tests.node import NODE

NODE_FOLDER = Path(__file__).parent / "node"
DOCUMENTS = NODE_FOLDER / "documents"
WITH_A_CACHE = ("apollo", "urql", "urql-sse")
IN_NODE = (*WITH_A_CACHE, "graphql-sse", "graphql-ws")


@dataclass(frozen=True)
class Library:
    """How to run its program; it takes the server's address."""

    name: str
    folder: Path
    command: tuple[str | Path, ...]


def in_node(name: str, folder: Path) -> Library:
    return Library(name, folder, (NODE, f"players/{name}.ts"))


GQL = Library("gql", ROOT, (sys.executable, "-m", "tests.clients.gql_player"))
