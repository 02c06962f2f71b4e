"""The load generator as its owner sees it: a process on the other CPU that is told what to do."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.machine import cores, pinned
from bench.servers import Server, stop


class LoadFailedError(Exception):
    """The load generator gave up: what it saw was not what has to be."""


class Generator:
    """Takes commands, see `bench.load`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def do(self, what: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Have something done and give what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({"do": what, **arguments}), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise LoadFailedError(what)
        done: dict[str, Any] = json.loads(answer)
        return done


@contextmanager
def loading(server: Server) -> Iterator[Generator]:
    """Run a load generator for the block."""
    with pinned(cores().load):
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.load", str(server.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    try:
        yield Generator(process)
    finally:
        stop(process)
