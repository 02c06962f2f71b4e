"""Memory a connected subscriber, and what a crowd of them does to a game in progress.

Each subscriber is a socket with a token that follows one of some games, ten to a game, and has had
an event of it. Memory is the server's own by its processes' proportional set sizes, before and
after; the moves are those of one game at a time, before and beside the crowd.
"""

from collections.abc import Iterator, Sequence

from bench.field import Contestant, contest
from bench.options import Options
from bench.table import Table, number

SERVERS = ("xogql", "lean", "leang")
SIZES = (1_000, 5_000, 15_000)
SHORT = (500,)
ON_A_GAME = 10
GAMES = 30
COLUMNS = (
    *("server", "subscribers", "KiB a subscriber", "server's memory, MiB"),
    *("moves beside them: p50 ms", "p99 ms", "the same without them: p50 ms", "p99 ms"),
)


def measure(options: Options) -> Iterator[Table]:
    """Measure one server after the other, the crowd growing."""
    sizes = options.sizes_or(SIZES, SHORT)
    for name in options.servers_or(SERVERS):
        with contest([name]) as (contestant,):
            yield Table(name, COLUMNS, list(_rows(contestant, sizes)))


def _rows(contestant: Contestant, sizes: Sequence[int]) -> Iterator[Sequence[str]]:
    _play(contestant)
    quiet = _play(contestant)
    contestant.load.do("gather", spectators=ON_A_GAME, games=1)
    before, gathered = contestant.server.memory(), 0
    for size in sizes:
        more = size - gathered
        contestant.load.do("gather", spectators=more, games=size // ON_A_GAME)
        gathered = size
        memory = contestant.server.memory()
        beside = _play(contestant)
        yield (
            contestant.name,
            f"{size:,}",
            number((memory - before) / size / 1024),
            number(memory / 2**20),
            *map(number, (*beside, *quiet)),
        )


def _play(contestant: Contestant) -> tuple[float, float]:
    """Play games one after the other."""
    contestant.load.do("lay", matches=GAMES, players=2)
    done = contestant.load.do("play", slots=1)
    contestant.load.do("clear")
    contestant.server.check()
    return done["p50"], done["p99"]
