"""The file that Postgres and its supervisor write to."""

from pathlib import Path
from types import TracebackType
from typing import Self

LARGEST = 10 * 1024 * 1024
TAIL_LINES = 20
TAIL_BYTES = 8192


class ServerLog:
    """A log that is bounded when it is opened, and knows what was written since."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch(mode=0o600)
        self._file = path.open("ab")
        if self._file.tell() > LARGEST:
            self._file.truncate(0)
        self._start = path.stat().st_size

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
        """Return the descriptor, for a program to write to."""
        return self._file.fileno()

    def tail(self) -> str:
        """Return the last lines written since the log was opened."""
        with self.path.open("rb") as log:
            log.seek(max(self._start, self.path.stat().st_size - TAIL_BYTES))
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:]) or "(nothing)"
