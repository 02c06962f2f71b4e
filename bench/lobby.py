"""Lists of games as the log grows: the first page, a page far on, a player's own.

Of the games one in ten waits; the others have begun. Each question is asked over one connection,
again and again; a page has 20 games, and asks each for its id, status, creator and rules.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from bench.cluster import running_cluster
from bench.field import Contestant, contestant
from bench.options import Options
from bench.seeds import Seeds
from bench.table import Table, number

SIZES = (1_000, 1_000_000)
SHORT = (1_000, 20_000)
TIMES = 300
PAGES_ON = 50
PAGE = 20
WAITING_IN = 10
NODES = """edges { node {
    id status createdAt creator { id username } rules { rows columns line }
  } }
  pageInfo { hasNextPage endCursor }"""
WAITING = (
    f"query($after: String) {{ games(status: WAITING, first: 20, after: $after) {{ {NODES} }} }}"
)
ALL = f"query($after: String) {{ games(first: 20, after: $after) {{ {NODES} }} }}"
MINE = f"query($after: String) {{ me {{ games(first: 20, after: $after) {{ {NODES} }} }} }}"
COLUMNS = (
    *("games", "page", "p50 ms", "p99 ms", "first ms"),
    *("server CPU ms", "Postgres CPU ms"),
)


def measure(options: Options) -> Iterator[Table]:
    """Measure each size by itself."""
    for size in options.sizes_or(SIZES, SHORT):
        with ExitStack() as stack:
            cluster = stack.enter_context(running_cluster())
            database = stack.enter_context(cluster.database("lobby"))
            server = stack.enter_context(contestant("xogql", cluster, database))
            _fill(server, size)
            yield Table(f"{size:,} games", COLUMNS, list(_rows(server, size)))


def _fill(server: Contestant, size: int) -> None:
    x, o = server.load.do("players")["players"]
    seeds = Seeds(server.database, x, o)
    seeds.playing(1, size - size // WAITING_IN, 3)
    seeds.waiting(2, size // WAITING_IN)
    seeds.settle()


def _rows(server: Contestant, size: int) -> Iterator[Sequence[str]]:
    far = _cursor_far_on(server)
    for what, query, after in (
        ("waiting, the first", WAITING, None),
        (f"waiting, the one after {PAGES_ON} pages", WAITING, far),
        ("all, the first", ALL, None),
        ("a player's, the first", MINE, None),
    ):
        done = _asked(server, query, after, TIMES)
        _check(done["answer"])
        times = (done["p50"], done["p99"], done["first"])
        cpu = (1000 * done[each] / TIMES for each in ("server", "postgres"))
        yield f"{size:,}", what, *map(number, (*times, *cpu))


def _check(answer: dict[str, Any]) -> None:
    """Make sure that a whole page was answered."""
    (found,) = answer.values() if "edges" not in answer else (answer,)
    assert len(found["edges"]) == PAGE, answer


def _cursor_far_on(server: Contestant) -> str | None:
    """Turn pages; stop at the last if there are few."""
    cursor = None
    for _ in range(PAGES_ON):
        page = _asked(server, WAITING, cursor, 1)["answer"]["pageInfo"]
        if not page["hasNextPage"]:
            break
        cursor = page["endCursor"]
    return cursor


def _asked(server: Contestant, query: str, after: str | None, times: int) -> dict[str, Any]:
    return server.measured("repeat", query=query, variables={"after": after}, times=times)
