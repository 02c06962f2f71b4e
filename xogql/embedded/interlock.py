"""A lock on a file, which the kernel lets go when the last process that holds it is dead."""

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

if sys.platform != "win32":
    import fcntl

POLL = 0.01


class Interlock:
    """A file to be locked by one owner at a time, and a note which that owner leaves in it."""

    def __init__(self, path: Path) -> None:
        path.touch(mode=0o600)
        self._file = path.open("a+b", buffering=0)
        os.register_at_fork(after_in_child=self._file.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def fileno(self) -> int:
        """Return the descriptor: a process that inherits it holds the lock as well."""
        return self._file.fileno()

    def acquire(self, patience: float = 0.0) -> bool:
        """Take the lock within *patience* seconds, and say whether we have it."""
        deadline = time.monotonic() + patience
        while not self._try():
            if time.monotonic() >= deadline:
                return False
            time.sleep(POLL)
        return True

    def write(self, *lines: str) -> None:
        """Leave *lines* for whoever finds the file locked."""
        self._file.truncate(0)
        self._file.write("\n".join(lines).encode())

    def read(self) -> list[str]:
        """Return the note of who holds the lock, or held it last."""
        self._file.seek(0)
        return self._file.read().decode(errors="replace").splitlines()

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
