"""What a running Postgres says of itself, in its postmaster.pid."""

import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PIDFILE = "postmaster.pid"
LINES = 8


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A Postgres that runs, or ran and was killed."""

    pid: int
    port: int
    socket_folder: Path
    status: str

    @classmethod
    def of(cls, cluster: Path) -> Self | None:
        """Read who serves *cluster*; nothing if nobody does, or does not say so yet."""
        try:
            lines = (cluster / PIDFILE).read_text(errors="surrogateescape").splitlines()
            pid, _, _, port, folder, _, _, status = (each.strip() for each in lines[:LINES])
            return cls(int(pid), int(port), Path(folder), status)
        except (FileNotFoundError, ValueError):
            return None

    @property
    def is_ready(self) -> bool:
        """Say whether it takes connections, by its own word."""
        return self.status == "ready"

    def answers(self) -> bool:
        """Say whether somebody listens on its socket."""
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.socket_folder / socket_name(self.port)))
            except OSError:
                return False
        return True

    @staticmethod
    def forget(cluster: Path, socket_folder: Path, port: int) -> None:
        """Remove the words of one that was killed: its number may be somebody else's now."""
        for each in (cluster / PIDFILE, socket_folder / f"{socket_name(port)}.lock"):
            each.unlink(missing_ok=True)

    def interrupt(self) -> None:
        """Ask it for a fast shutdown."""
        with suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, signal.SIGINT)


def socket_name(port: int) -> str:
    """Return what Postgres calls the socket of *port*."""
    return f".s.PGSQL.{port}"
