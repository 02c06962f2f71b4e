"""What it costs that several processes serve the same games: one and two behind one port.

All processes and Postgres share the server's CPU, so that more of them cannot be quicker: what is
seen is what they spend on telling each other.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack

from bench.cluster import running_cluster
from bench.field import contestant
from bench.moves import Sample, Scenario, sample, table
from bench.options import Options
from bench.table import Table

SIZES = (1, 2)
AT_ONCE, SHORT_AT_ONCE = 64, 16


def measure(options: Options) -> Iterator[Table]:
    """Measure the same moves with each number of processes, in turns."""
    scenario = Scenario(SHORT_AT_ONCE if options.short else AT_ONCE)
    samples = defaultdict[str, list[Sample]](list)
    with ExitStack() as stack:
        cluster = stack.enter_context(running_cluster())
        servers = {}
        for size in options.sizes_or(SIZES, SIZES):
            database = stack.enter_context(cluster.database(f"workers_{size}"))
            more = {"XOGQL_WORKERS": str(size)}
            name = f"{size} processes" if size > 1 else "1 process"
            servers[name] = stack.enter_context(contestant("xogql", cluster, database, more))
        for each in range(options.rounds_or(5) + 1):
            for name, server in servers.items():
                done = sample(server, scenario)
                if each:
                    samples[name].append(done)
    yield table(scenario, samples, baseline=next(iter(samples)))
