"""Where Postgres is reached: a socket in a folder of its own, and the address that names it."""

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from xogql.embedded.failures import DataFolderUnusableError
from xogql.embedded.privileges import Identity

PORT = 5432
LONGEST = 89  # macOS takes 103 bytes, and the socket's own name is 14 of them
TEMPORARY = Path("/tmp")  # noqa: S108 -- gettempdir() may be long; what we find there is checked


@dataclass(frozen=True, slots=True)
class Address:
    """The folder of the socket; *borrowed* if it is not the cluster's own."""

    folder: Path
    borrowed: bool = False

    @classmethod
    def of(cls, cluster: Path) -> Self:
        """Return where the server of *cluster* listens: always the same place."""
        path = os.fsencode(cluster)
        # Clients take a comma for the end of a host's name.
        if len(path) <= LONGEST and b"," not in path and _is_text(path):
            return cls(cluster)
        name = hashlib.sha256(path).hexdigest()[:16]
        return cls(TEMPORARY / f"xogql-{os.geteuid()}-{name}", borrowed=True)

    def url(self, port: int = PORT) -> str:
        """Return the address that a client connects to."""
        return f"postgresql://xogql@/xogql?host={quote(str(self.folder))}&port={port}"

    def prepare(self, identity: Identity) -> None:
        """Make the folder, for *identity* alone."""
        if not self.borrowed:
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        found = self.folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), identity.uid}:
            raise DataFolderUnusableError(self.folder, "somebody else made it")
        identity.give(self.folder)

    def clear(self) -> None:
        """Leave nothing behind."""
        if self.borrowed:
            with suppress(OSError):
                self.folder.rmdir()


def _is_text(path: bytes) -> bool:
    try:
        return path.decode().isprintable()
    except UnicodeDecodeError:
        return False
