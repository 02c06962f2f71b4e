"""What the tests see of the machine: processes, and what a Postgres answers."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg

OWNER = Path(__file__).with_name("owner.py")
PROJECT = Path(__file__).parents[2]
SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
MODULES = {"PYTHONPATH": os.pathsep.join([str(PROJECT), str(Path(asyncpg.__file__).parents[1])])}


def ask(url: str, statement: str) -> object:
    """Return the one value that *statement* answers."""

    async def answer() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, answer()).result()


def write(url: str) -> None:
    ask(url, "create table kept as select 42 as answer")


def is_kept(url: str) -> bool:
    return ask(url, "select answer from kept") == 42


def eventually(condition: Callable[[], bool], patience: float = 10.0) -> bool:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def processes_of(data_dir: Path) -> dict[int, str]:
    """Return the living processes that are called with *data_dir* or work in it."""
    if not Path("/proc/self").exists():
        listed = subprocess.check_output(["ps", "-axww", "-o", "pid=,command="], text=True)
        lines = (line.split(maxsplit=1) for line in listed.splitlines())
        return {int(pid): command for pid, command in lines if str(data_dir) in command}
    return dict(_in_proc(str(data_dir)))


def _in_proc(data_dir: str) -> Iterator[tuple[int, str]]:
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            folder = str((each / "cwd").readlink()) if command else ""
            if data_dir in command or data_dir in folder:
                yield int(each.name), command


def is_deserted(data_dir: Path) -> bool:
    return not processes_of(data_dir)


@dataclass(frozen=True)
class Interpreter:
    """Who runs a script, and with which Python."""

    path: str = sys.executable
    uid: int | None = None

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [self.path, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=os.environ | MODULES,
            user=self.uid,
            group=self.uid,
            extra_groups=None if self.uid is None else (),
            start_new_session=True,
        )


OURS = Interpreter()


@dataclass(frozen=True)
class Owner:
    """A process with a Postgres that is ready."""

    process: subprocess.Popen[bytes]
    url: str
    child: int

    def end(self, number: int) -> None:
        """Send a signal, to the whole group if it is what a terminal sends, and wait."""
        send = os.killpg if number == signal.SIGINT else os.kill
        send(self.process.pid, number)
        self.process.wait(10)


@contextmanager
def owner(data_dir: Path, method: str = "", by: Interpreter = OURS) -> Iterator[Owner]:
    """Run the script until it is ready; leave none of its processes behind."""
    with by.start(str(OWNER), str(data_dir), *([method] if method else [])) as process:
        try:
            assert process.stdout is not None
            yield Owner(process, **json.loads(process.stdout.readline()))
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
