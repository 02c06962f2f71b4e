"""How long it takes until requests are served: cold with a new data folder, and warm.

Processes are started as by hand, on any CPU, from bytecode as `make setup` leaves it. Ready is when
`/readyz` says so. CPU is that of all processes, Postgres among them where it is the embedded one.
"""

import compileall
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cluster import Database, running_cluster
from bench.options import Options
from bench.processes import cpu_of
from bench.servers import GREETING, ServerFailedError, stop
from bench.table import Table, spread

ROOT = Path(__file__).parents[1]
PROCESSES = (1, 2)
COLUMNS = ("what", "seconds, median (min)", "CPU seconds, median (min)")
IMPORTS = ("xogql.game", "xogql.cli", "xogql.preloaded")
TIMED_IMPORT = """
from time import perf_counter, process_time
wall, cpu = perf_counter(), process_time()
import {}
print(perf_counter() - wall, process_time() - cpu)
"""
Took = tuple[float, float]


def measure(options: Options) -> Iterator[Table]:
    """Measure imports and starts in rounds."""
    compileall.compile_dir(ROOT / "xogql", quiet=1)
    took = defaultdict[str, list[Took]](list)
    rounds = options.rounds_or(7)
    with ExitStack() as stack:
        cluster = stack.enter_context(running_cluster())
        database = stack.enter_context(cluster.database("start"))
        for _ in range(rounds):
            for module in IMPORTS:
                took[f"import {module}"].append(_imported(module))
            for processes in PROCESSES:
                for what, seconds in _starts(processes, database):
                    took[
                        f"ready with {processes} process{'es'[: 2 * (processes > 1)]}, {what}"
                    ].append(seconds)
    rows = [
        (what, spread([each[0] for each in rows]), spread([each[1] for each in rows]))
        for what, rows in took.items()
    ]
    yield Table("To the first answer", COLUMNS, rows, [f"{rounds} rounds."])


def _starts(processes: int, database: Database) -> Iterator[tuple[str, Took]]:
    """Start with a new folder, with it once more, and beside a database that runs."""
    size = {"XOGQL_WORKERS": str(processes)}
    with TemporaryDirectory(prefix="xogql-bench-", ignore_cleanup_errors=True) as folder:
        yield "cold: the embedded database is created", _ready(folder, size)
        yield "warm: the embedded database is started", _ready(folder, size)
        elsewhere = size | {"XOGQL_DATABASE_URL": database.url}
        yield "beside a database that runs", _ready(folder, elsewhere)


def _imported(module: str) -> Took:
    command = [sys.executable, "-c", TIMED_IMPORT.format(module)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wall, cpu = map(float, told.split())
    return wall, cpu


def _ready(folder: str, given: Mapping[str, str] | None = None) -> Took:
    """Start a server, and stop it once it is ready."""
    began, log = time.perf_counter(), Path(folder) / "server.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "xogql", "serve", "--port", "0", "--data-dir", folder],
            env=os.environ | dict(given or {}),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    try:
        _wait(process, log)
        return time.perf_counter() - began, cpu_of(process.pid)
    finally:
        stop(process)


def _wait(process: "subprocess.Popen[str]", log: Path) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if found := GREETING.search(line):
            while not _says_so(int(found[1])):
                time.sleep(0.01)
            return
    raise ServerFailedError(log.read_text())


def _says_so(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/readyz")
    status = connection.getresponse().status
    connection.close()
    return status == HTTPStatus.OK
