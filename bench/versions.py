"""What is measured with which version."""

from importlib.metadata import version

from bench import references
from xogql.embedded import binaries

PACKAGES = ("asyncpg", "graphql-core", "strawberry-graphql", "uvicorn", "uvloop", "websockets")


def versions() -> str:
    """Name the versions that decide about figures."""
    packages = [f"{each} {version(each)}" for each in PACKAGES]
    postgres = f"Postgres {binaries.version(binaries.bindir())}"
    return ", ".join([postgres, *packages, references.versions()])
