"""A Postgres of our own beside the game's data, so that running the game needs only Python.

It lives in a `with` block of one process, on a Unix socket, and dies with that process, however the
process dies: a supervisor holds a pipe that the kernel closes. Nothing here knows the game.
"""

from xogql.embedded.failures import (
    BinariesNotFoundError,
    BinariesUnreachableError,
    DataFolderInUseError,
    DataFolderUnusableError,
    EmbeddedPostgresError,
    OtherMajorVersionError,
    ProgramFailedError,
    RootRefusedError,
    UnsupportedPlatformError,
)
from xogql.embedded.lifecycle import EmbeddedPostgres

__all__ = [
    "BinariesNotFoundError",
    "BinariesUnreachableError",
    "DataFolderInUseError",
    "DataFolderUnusableError",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "OtherMajorVersionError",
    "ProgramFailedError",
    "RootRefusedError",
    "UnsupportedPlatformError",
]
