"""The servers that are measured, each a process of its own on the server's CPU."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bench import references
from bench.cluster import Cluster, Database
from bench.machine import cores, pinned
from bench.processes import cpu_of, memory_of
from bench.secret import SECRET

PATIENCE = 60.0
GREETING = re.compile(r"serves at http://127\.0\.0\.1:(\d+)")
NO_LIMIT = "1000000/0.000001"
UNLIMITED = {
    "XOGQL_SIGN_UPS_PER_ADDRESS": NO_LIMIT,
    "XOGQL_MOVES_PER_PLAYER": NO_LIMIT,
    "XOGQL_OPERATIONS_PER_CLIENT": NO_LIMIT,
    "XOGQL_MESSAGES_PER_SOCKET": NO_LIMIT,
    "XOGQL_SOCKETS_PER_PLAYER": "1000000",
    "XOGQL_SOCKETS_PER_ADDRESS": "1000000",
    "XOGQL_OPERATIONS_PER_SOCKET": "1000000",
}
"""One address and few players are all that a load generator has."""

NOTHING: Mapping[str, str] = MappingProxyType({})


class ServerFailedError(Exception):
    """A server did not start, or ended before it was told to."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes requests."""

    name: str
    port: int
    process: "subprocess.Popen[str]"
    database: Database

    def cpu(self) -> float:
        """Give the seconds of CPU that it has used, with all its processes."""
        self.check()
        return cpu_of(self.process.pid)

    def memory(self) -> int:
        """Give the bytes that it takes, with all its processes."""
        return memory_of(self.process.pid)

    def check(self) -> None:
        """Make sure that it still runs."""
        if self.process.poll() is not None:
            raise ServerFailedError(self.name, self.process.returncode)


Start = Callable[[Database, Path], tuple[Sequence[str], Mapping[str, str]]]
"""The command that starts a server at a database, and its environment."""


def xogql(database: Database, folder: Path) -> tuple[Sequence[str], dict[str, str]]:
    """Ours, with its own settings but for the limits."""
    command = [sys.executable, "-m", "xogql", "serve", "--port", "0"]
    named = {"XOGQL_DATABASE_URL": database.url, "XOGQL_DATA_DIR": str(folder)}
    named |= {"XOGQL_WORKERS": "1"}
    return command, UNLIMITED | named | {"XOGQL_SECRET": SECRET}


def lean(database: Database, _folder: Path) -> tuple[Sequence[str], dict[str, str]]:
    """A hand-written Node server: one statement and NOTIFY a move."""
    return references.program("lean"), {"DATABASE_URL": database.url}


def leang(database: Database, _folder: Path) -> tuple[Sequence[str], dict[str, str]]:
    """The same, with the commands of a moment in one statement, and hints after the commit."""
    return references.program("leang"), {"DATABASE_URL": database.url}


STARTS: Mapping[str, Start] = {"xogql": xogql, "lean": lean, "leang": leang}


@contextmanager
def serving(
    name: str, cluster: Cluster, database: Database, more: Mapping[str, str] = NOTHING
) -> Iterator[Server]:
    """Run a server for the block; *more*: its environment besides."""
    command, environment = STARTS[name](database, cluster.folder)
    log = cluster.folder / f"{name}.log"
    with log.open("w") as errors, pinned(cores().server):
        process = subprocess.Popen(
            command,
            env=os.environ | environment | dict(more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    try:
        yield Server(name, _port(process, log), process, database)
    finally:
        stop(process)


def stop(process: "subprocess.Popen[str]") -> None:
    """End a process; one that does not go is made to."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _port(process: "subprocess.Popen[str]", log: Path) -> int:
    """Wait until it says where it serves."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := GREETING.search(line):
            return int(found[1])
    raise ServerFailedError(log.read_text())
