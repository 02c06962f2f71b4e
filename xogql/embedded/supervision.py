"""The owner's end of the pipe: a program that lives no longer than this process."""

import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from xogql.embedded import supervisor
from xogql.embedded.failures import ProgramFailedError
from xogql.embedded.interlock import Interlock
from xogql.embedded.privileges import Identity
from xogql.embedded.serverlog import ServerLog

# By path and isolated: it starts fast, and imports nothing of the owner's.
SUPERVISOR = (sys.executable, "-I", "-S", supervisor.__file__)


@dataclass(frozen=True, slots=True)
class Supervision:
    """Whom programs run as, where they write, and the lock they hold while they live."""

    identity: Identity
    log: ServerLog
    lock: Interlock

    @contextmanager
    def running(self, command: Sequence[str]) -> Generator[subprocess.Popen[bytes]]:
        """Run *command* for the time of the block."""
        reader, writer = os.pipe()
        with os.fdopen(writer, "wb", buffering=0) as pipe:
            # Spawned children do not inherit the pipe (PEP 446); forked ones have to let go of it.
            os.register_at_fork(after_in_child=pipe.close)
            with os.fdopen(reader, "rb", buffering=0) as its_end:
                process = self._start(command, its_end.fileno())
            try:
                yield process
            finally:
                pipe.close()
                process.wait(supervisor.LONGEST_STOP + 5)

    def run(self, command: Sequence[str], timeout: float) -> None:
        """Run *command* to its end, which has to be a success."""
        with self.running(command) as process:
            try:
                status: int | None = process.wait(timeout)
            except subprocess.TimeoutExpired:
                status = None
        if status != 0:
            how = f"took more than {timeout:g} s" if status is None else f"failed ({status})"
            self.fail(f"{command[0]} {how}")

    def fail(self, what: str) -> NoReturn:
        """Raise the error that tells *what* happened, and what the log says."""
        raise ProgramFailedError(what, self.log.path, self.log.tail())

    def _start(self, command: Sequence[str], pipe: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 -- our own script, no shell
            [*SUPERVISOR, self.identity.user_and_group, *self.identity.prefix, *command],
            stdin=pipe,
            stdout=self.log.fileno(),
            stderr=self.log.fileno(),
            cwd=Path("/"),
            env=_environment(),
            pass_fds=(self.lock.fileno(),),
            start_new_session=True,
        )


def _environment() -> dict[str, str]:
    """Return ours, without what would turn Postgres' programs from their command line."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}
