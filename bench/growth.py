"""Whether a move's cost grows: with the log, with the games in progress, with the board.

The log is filled with finished games; each size is a server and a database of its own, asked in
turns. Games in progress are followed by both players, over sockets that carry many games each; each
move is made in a game drawn from all of them. Large boards are 19 by 19. `--sizes` are the log's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from statistics import median
from typing import Any

from bench.cluster import running_cluster
from bench.field import Contestant, contestant
from bench.options import Options
from bench.seeds import FINISHED_EVENTS, Seeds
from bench.table import Table, number, spread

EVENTS = (1_000, 100_000, 10_000_000)
IN_PROGRESS = (10, 1_000, 50_000)
SHORT_EVENTS = (1_000, 100_000)
SHORT_IN_PROGRESS = (10, 1_000)
LARGE = 19
AT_ONCE, GAMES, PLAYERS = 64, 256, 128
FEW_AT_ONCE, SPREAD_MOVES = 10, 600
LARGE_MOVES = 36

COLUMNS = (
    *("what", "p50 ms, median (min)", "p99 ms", "server CPU ms a move, median (min)"),
    *("Postgres CPU ms a move", "both ÷ the first, median of rounds"),
)
Round = Callable[[Contestant], dict[str, Any]]
Turn = tuple[str, Contestant, Round]


def measure(options: Options) -> Iterator[Table]:
    """Measure along the three ways to grow, one after the other."""
    rounds = options.rounds_or(5)
    events = options.sizes_or(EVENTS, SHORT_EVENTS)
    games = IN_PROGRESS if not options.short else SHORT_IN_PROGRESS
    for title, sizes, prepare in (
        ("Events in the log", events, _beside_events),
        ("Games in progress", games, _among_games),
    ):
        with ExitStack() as stack:
            servers = _servers(stack, len(sizes))
            turns = [prepare(each, size) for each, size in zip(servers, sizes, strict=True)]
            yield _table(title, _sampled(turns, rounds))
    with ExitStack() as stack:
        (server,) = _servers(stack, 1)
        for title, board in (
            ("Size of the board", False),
            ("Size of the board, which is in every answer and event", True),
        ):
            turns = [
                ("3 by 3", server, partial(_small, board=board)),
                ("19 by 19", server, partial(_large, board=board)),
            ]
            yield _table(title, _sampled(turns, rounds))


def _servers(stack: ExitStack, number_of: int) -> Sequence[Contestant]:
    """Run so many servers, each with a database of its own in one cluster."""
    cluster = stack.enter_context(running_cluster())
    databases = [
        stack.enter_context(cluster.database(f"growth_{each}")) for each in range(number_of)
    ]
    return [stack.enter_context(contestant("xogql", cluster, each)) for each in databases]


def _beside_events(server: Contestant, events: int) -> Turn:
    """Fill the log, and play as ever."""
    seeds = _seeds(server)
    seeds.finished(1, max(1, events // FINISHED_EVENTS))
    seeds.settle()
    return f"{events:,} events", server, _small


def _among_games(server: Contestant, games: int) -> Turn:
    """Begin games and follow them, and make each move in any of them."""
    seeds = _seeds(server)
    ids = seeds.playing(1, games, LARGE)
    seeds.settle()
    server.load.do("follow", games=ids)
    return f"{games:,} games", server, _spread


def _seeds(server: Contestant) -> Seeds:
    x, o = server.load.do("players")["players"]
    return Seeds(server.database, x, o)


def _small(server: Contestant, *, board: bool = False) -> dict[str, Any]:
    server.load.do("lay", matches=GAMES, players=PLAYERS, board=board)
    return _played(server, AT_ONCE)


def _large(server: Contestant, *, board: bool = False) -> dict[str, Any]:
    size = {"matches": AT_ONCE, "players": PLAYERS, "side": LARGE, "moves": LARGE_MOVES}
    server.load.do("lay_large", **size, board=board)
    return _played(server, AT_ONCE)


def _spread(server: Contestant) -> dict[str, Any]:
    server.load.do("lay_spread", slots=FEW_AT_ONCE, moves=SPREAD_MOVES)
    return _played(server, FEW_AT_ONCE)


def _played(server: Contestant, slots: int) -> dict[str, Any]:
    done = server.measured("play", slots=slots)
    server.load.do("clear")
    return done


def _sampled(turns: Sequence[Turn], rounds: int) -> dict[str, list[dict[str, Any]]]:
    """Measure in rounds, after one that does not count."""
    found = defaultdict[str, list[dict[str, Any]]](list)
    for each in range(rounds + 1):
        for name, server, play in turns:
            done = play(server)
            if each:
                found[name].append(done)
    return found


def _table(title: str, found: dict[str, list[dict[str, Any]]]) -> Table:
    first = _both(next(iter(found.values())))
    rows = [_row(name, samples, first) for name, samples in found.items()]
    return Table(title, COLUMNS, rows)


def _row(name: str, samples: Sequence[dict[str, Any]], first: Sequence[float]) -> Sequence[str]:
    ratios = [each / other for each, other in zip(_both(samples), first, strict=True)]
    return (
        name,
        spread([each["p50"] for each in samples]),
        number(median(each["p99"] for each in samples)),
        spread(_cpu(samples, "server")),
        spread(_cpu(samples, "postgres")),
        f"{median(ratios):.2f}",
    )


def _cpu(samples: Sequence[dict[str, Any]], whose: str) -> list[float]:
    return [1000 * each[whose] / each["moves"] for each in samples]


def _both(samples: Sequence[dict[str, Any]]) -> list[float]:
    return [
        sum(each) for each in zip(_cpu(samples, "server"), _cpu(samples, "postgres"), strict=True)
    ]
