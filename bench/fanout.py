"""One game and its spectators: how soon the last of them has a move, and what each one costs.

Each spectator is a socket that follows the game with the same document and variables; a move is
made when all have the one before. The cost of a spectator is what the server spends on a move
beyond what it spends with one spectator, divided by the others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from bench.field import Contestant, contest
from bench.options import Options
from bench.table import Table, number, spread

SERVERS = ("xogql", "lean")
SIZES = (1, 10, 100, 1_000, 10_000)
SHORT = (1, 200)
MOVES = 30
COLUMNS = (
    *("server", "spectators", "p50 ms", "p99 ms", "slowest of all, ms"),
    *("server CPU ms a move, median (min)", "µs a further spectator (min)"),
    "load's CPU µs an event",
)


def measure(options: Options) -> Iterator[Table]:
    """Measure each size, one server beside the other."""
    sizes, rounds = options.sizes_or(SIZES, SHORT), options.rounds_or(3)
    alone: dict[str, Sequence[float]] = {}
    for size in sizes:
        rows = []
        found = defaultdict[str, list[dict[str, Any]]](list)
        with contest(options.servers_or(SERVERS)) as contestants:
            for each in contestants:
                each.load.do("gather", spectators=size, games=1)
            for _ in range(rounds):
                for each in contestants:
                    found[each.name].append(_told(each))
        for name, samples in found.items():
            cpu = [1000 * each["server"] / MOVES for each in samples]
            alone.setdefault(name, cpu)
            rows.append(_row(name, size, samples, min(cpu) - min(alone[name])))
        yield Table(f"{size:,} spectators", COLUMNS, rows, [f"{MOVES} moves, {rounds} rounds."])


def _told(contestant: Contestant) -> dict[str, Any]:
    return contestant.measured("tell", moves=MOVES)


def _row(name: str, size: int, samples: Sequence[dict[str, Any]], more: float) -> Sequence[str]:
    cpu = [1000 * each["server"] / MOVES for each in samples]
    return (
        name,
        f"{size:,}",
        number(median(each["p50"] for each in samples)),
        number(median(each["p99"] for each in samples)),
        number(max(each["slowest"] for each in samples)),
        spread(cpu),
        number(1000 * more / (size - 1)) if size > 1 else "–",
        number(median(1e6 * each["spent"] / each["events"] for each in samples)),
    )
