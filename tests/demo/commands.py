"""The real command line in processes of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.embedded.witness import eventually, is_deserted

PATIENCE = 60.0
PATIENT = {"XOGQL_SIGN_UPS_PER_ADDRESS": "1000/0.001"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Nothing of the surroundings: no other server is found and no other data are touched."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("XOGQL_")}
    ours = {"XOGQL_DATA_DIR": str(data_dir), "XOGQL_PORT": str(free_port()), **PATIENT}
    return clean | ours | settings


def demo(data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "xogql", "demo", *arguments],
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@contextmanager
def running(data_dir: Path, *arguments: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command until the block ends; nothing of it is left then."""
    with subprocess.Popen(
        [sys.executable, "-m", "xogql", *arguments],
        env=environment(data_dir, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
    assert eventually(lambda: is_deserted(data_dir))


def heard(process: subprocess.Popen[str], beginning: str) -> str:
    """Read until there is a line with this *beginning*, and give the rest of it."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(beginning):
            return line.removeprefix(beginning).strip()
    raise AssertionError(beginning)
