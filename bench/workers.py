"""What several processes behind one port cost, and what they bring: one and two of them.

First they and Postgres share the server's CPU, so that two cannot be quicker: what is seen is what
they spend on telling each other. Then server, Postgres and load have all CPUs, as where somebody
has just started it: what is seen is what the second process brings there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext

from bench.cluster import running_cluster
from bench.field import Contestant, contestant
from bench.machine import cores, sharing
from bench.moves import Sample, Scenario, sample, table
from bench.options import Options
from bench.table import Table

SIZES = (1, 2)
AT_ONCE, SHORT_AT_ONCE = 64, 16


def measure(options: Options) -> Iterator[Table]:
    """Measure the same moves with each number of processes, in turns."""
    scenario = Scenario(SHORT_AT_ONCE if options.short else AT_ONCE)
    for title, layout in (("on one CPU", nullcontext()), ("on all CPUs", sharing())):
        with layout, ExitStack() as stack:
            servers = dict(_servers(stack, options.sizes_or(SIZES, SIZES)))
            samples = _sampled(servers, scenario, options.rounds_or(5))
            yield table(
                scenario, samples, baseline=next(iter(samples)), where=f"{title}: {cores()}"
            )


def _servers(stack: ExitStack, sizes: Sequence[int]) -> Iterator[tuple[str, Contestant]]:
    cluster = stack.enter_context(running_cluster())
    for size in sizes:
        database = stack.enter_context(cluster.database(f"workers_{size}"))
        more = {"XOGQL_WORKERS": str(size)}
        name = f"{size} processes" if size > 1 else "1 process"
        yield name, stack.enter_context(contestant("xogql", cluster, database, more))


def _sampled(
    servers: Mapping[str, Contestant], scenario: Scenario, rounds: int
) -> Mapping[str, Sequence[Sample]]:
    """Measure in rounds, and leave the first one out: plans and processes warm up."""
    samples = defaultdict[str, list[Sample]](list)
    for each in range(rounds + 1):
        for name, server in servers.items():
            done = sample(server, scenario)
            if each:
                samples[name].append(done)
    return samples
