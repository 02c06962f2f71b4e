"""The store alone: appends of one event, beside pgbench with the statement that appends one.

Every writer has a stream of its own. Writers are in one process on the load's CPU, Postgres on the
server's; of the store that is Python, where commands that meet share a statement and a commit. Each
connection's first statements are planned anew each, which costs more than to carry them out.
"""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

from bench.cluster import Cluster, Database, running_cluster
from bench.machine import cores, pinned
from bench.options import Options
from bench.table import Table, number, peak, spread
from xogql.embedded import binaries
from xogql.readmodels.catalogue import projections
from xogql.store.projection import Projection
from xogql.store.statements import append_one

WRITERS = (1, 8, 64)
SHORT = (1, 64)
SECONDS, SHORT_SECONDS = 5, 2
COLUMNS = (
    *("writers", "by", "appends/s, median (max)", "client's CPU µs an append, median (min)"),
    *("Postgres CPU µs an append", "both, of minima"),
)
VALUES = {
    "stream_id": "('game-' || :run || '-' || :client_id)",
    "expected_version": ":version",
    "types": "'{MoveMade}'",
    "schema_versions": "'{1}'",
    "datas": """'{"{\\"mark\\":\\"X\\",\\"cell\\":{\\"row\\":1,\\"column\\":1}}"}'""",
    "actor": "'player-ann'",
    "command_id": "gen_random_uuid()",
    "fingerprint": "0",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A round; CPU in microseconds an append."""

    rate: float
    client: float
    postgres: float


class PgbenchFailedError(Exception):
    """Pgbench did not run to its end, or not every append was one."""


def measure(options: Options) -> Iterator[Table]:
    """Measure with so many writers, the store and pgbench in turns."""
    rounds, seconds = options.rounds_or(5), SHORT_SECONDS if options.short else SECONDS
    samples = defaultdict[tuple[int, str], list[Sample]](list)
    with ExitStack() as stack:
        cluster = stack.enter_context(running_cluster())
        database = stack.enter_context(cluster.database("append"))
        bench = Bench(cluster, database, seconds)
        for writers in options.sizes_or(WRITERS, SHORT):
            for each in range(rounds + 1):
                for name, run in (("the store", bench.store), ("pgbench", bench.pgbench)):
                    done = run(writers)
                    if each:
                        samples[writers, name].append(done)
    rows = [_row(*what, found) for what, found in samples.items()]
    yield Table("Appends", COLUMNS, rows, [f"{seconds} s a round, {rounds} rounds."])


class Bench:
    """Appends in one way or the other."""

    def __init__(self, cluster: Cluster, database: Database, seconds: int) -> None:
        self._cluster = cluster
        self._database = database
        self._seconds = seconds
        self._runs = count(1)
        self._script = cluster.folder / "append.sql"
        self._script.write_text(f"{statement()};\n\\set version :version + 1\n")

    def store(self, writers: int) -> Sample:
        """Have the store append."""
        run = str(next(self._runs))
        arguments = [self._database.url, run, str(writers), str(self._seconds)]
        told, _, postgres = self._run([sys.executable, "-m", "bench.appending", *arguments])
        done = json.loads(told)
        appended = done["appended"]
        self._check(run, appended)
        rate, spent = appended / done["seconds"], done["spent"]
        return Sample(rate, 1e6 * spent / appended, 1e6 * postgres / appended)

    def pgbench(self, writers: int) -> Sample:
        """Have pgbench append."""
        run = str(next(self._runs))
        script = ["-n", "-M", "prepared", "-f", str(self._script)]
        size = ["-c", str(writers), "-j", "1", "-T", str(self._seconds)]
        variables = ["-D", f"run={run}", "-D", "version=0"]
        program = str(binaries.bindir() / "pgbench")
        command = [program, *script, *size, *variables, self._database.url]
        told, client, postgres = self._run(command)
        found = re.search(r"actually processed: (\d+)", told)
        rate = re.search(r"tps = ([\d.]+)", told)
        if not found or not rate:
            raise PgbenchFailedError(told)
        appended = int(found[1])
        self._check(run, appended)
        return Sample(float(rate[1]), 1e6 * client / appended, 1e6 * postgres / appended)

    def _run(self, command: Sequence[str]) -> tuple[str, float, float]:
        """Run a client; give what it says, its CPU and that of Postgres meanwhile."""
        self._cluster.checkpoint()
        here, postgres = _children(), self._cluster.cpu()
        with pinned(cores().load):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PgbenchFailedError(done.stderr)
        return done.stdout, _children() - here, self._cluster.cpu() - postgres

    def _check(self, run: str, appended: int) -> None:
        like = f"select count(*) from event where stream_id like 'game-{run}-%'"
        if self._database.value(like) != appended:
            raise PgbenchFailedError(run)


def statement() -> str:
    """Write the store's statement for one command as pgbench takes it."""
    kept: Sequence[Projection[object]] = projections()
    made = append_one(lambda won: (each for one in kept for each in one.statements(won)))
    values = [VALUES.get(name) or _quoted(made.constants[name]) for name in made.names]
    return re.sub(r"\$(\d+)", lambda found: values[int(found[1]) - 1], made.text)


def _children() -> float:
    """Give the CPU of the children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _quoted(constant: object) -> str:
    return str(constant) if isinstance(constant, int) else f"'{constant}'"


def _row(writers: int, name: str, samples: Sequence[Sample]) -> Sequence[str]:
    client, postgres = ([each.client for each in samples], [each.postgres for each in samples])
    return (
        str(writers),
        name,
        peak([each.rate for each in samples]),
        spread(client),
        spread(postgres),
        number(min(client) + min(postgres)),
    )
