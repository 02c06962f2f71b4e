"""CPU a delivered, durable move, beside hand-written Node servers in the same rounds.

A move is delivered when its player has the answer, which comes after the commit, and the opponent
has the event. Games are tic-tac-toe and take nine moves; both players follow over sockets.
Accounts, games, tokens, sockets and subscriptions are made before the clock starts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.field import Contestant, contest
from bench.options import Options
from bench.table import Table, number, peak, spread

SERVERS = ("xogql", "lean", "leang")
BASELINE = "lean"
MOVES = 9
AT_ONCE = (1, 16, 64, 256)
GAMES = {1: 48, 16: 160, 64: 320, 256: 768}
"""How many games are played in a round, by how many at once."""

MOST_PLAYERS = 128
PACED = 64
PACED_SECONDS = 4
COUNT = "select count(*) from event where type = 'MoveMade'"
COLUMNS = (
    *("server", "moves/s median (max)", "p50 ms", "p99 ms"),
    *("server CPU ms a move, median (min)", "Postgres CPU ms a move", "both, of minima"),
    *("both ÷ baseline, median of rounds", "load's CPU ms a move"),
)


class MoveMiscountedError(Exception):
    """The table does not hold each move that was acknowledged, once."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """So many games at once, one way; *rate*: moves a second, or as fast as they go."""

    at_once: int
    over_http: bool = False
    rate: float | None = None

    @property
    def title(self) -> str:
        """Say what is done."""
        way = "HTTP" if self.over_http else "the socket"
        pace = "" if self.rate is None else f", paced at {self.rate:,.0f} moves/s"
        return f"{self.at_once} at once, moves over {way}{pace}"

    @property
    def games(self) -> int:
        """Tell how many games make a round: as many for each of those at once."""
        if self.rate is None:
            return GAMES.get(self.at_once, 5 * self.at_once)
        return self.at_once * max(1, round(self.rate * PACED_SECONDS / MOVES / self.at_once))


@dataclass(frozen=True, slots=True)
class Sample:
    """A round of one server; milliseconds, CPU a move."""

    rate: float
    p50: float
    p99: float
    server: float
    postgres: float
    load: float

    @property
    def both(self) -> float:
        """Give what a move cost on this side."""
        return self.server + self.postgres


Samples = Mapping[str, Sequence[Sample]]


def measure(options: Options) -> Iterator[Table]:
    """Measure closed loops of each size, then a steady load of half of what lean takes."""
    rounds = options.rounds_or(5)
    with contest(options.servers_or(SERVERS)) as contestants:
        warm_up(contestants)
        half = None
        for scenario in _scenarios(options):
            samples = sampled(contestants, scenario, rounds)
            if scenario == Scenario(PACED) and BASELINE in samples:
                half = median(each.rate for each in samples[BASELINE]) / 2
            yield table(scenario, samples)
        if half is not None:
            paced = Scenario(PACED, rate=half)
            yield table(paced, sampled(contestants, paced, rounds))


def warm_up(contestants: Sequence[Contestant]) -> None:
    """Have each server play for a while: Node compiles what it has seen often."""
    for each in contestants:
        for over_http in (False, True):
            sample(each, Scenario(16, over_http=over_http))


def sampled(contestants: Sequence[Contestant], scenario: Scenario, rounds: int) -> Samples:
    """Measure a scenario in rounds: one server after the other, again and again."""
    samples = defaultdict[str, list[Sample]](list)
    for _ in range(rounds):
        for each in contestants:
            samples[each.name].append(sample(each, scenario))
    return samples


def sample(contestant: Contestant, scenario: Scenario) -> Sample:
    """Measure a round of one server, and count what it has written."""
    before = contestant.database.value(COUNT)
    players = min(2 * scenario.at_once, MOST_PLAYERS)
    contestant.load.do("lay", matches=scenario.games, players=players, over_http=scenario.over_http)
    done = contestant.measured("play", slots=scenario.at_once, rate=scenario.rate)
    contestant.load.do("clear")
    moves = done["moves"]
    if contestant.database.value(COUNT) - before != moves or moves != MOVES * scenario.games:
        raise MoveMiscountedError(contestant.name, moves)
    cpu = (1000 * done[each] / moves for each in ("server", "postgres", "spent"))
    return Sample(done["rate"], done["p50"], done["p99"], *cpu)


def table(scenario: Scenario, samples: Samples, baseline: str = BASELINE, where: str = "") -> Table:
    """Write what was measured, in relation to the *baseline* if it was; *where*: not as usual."""
    rows = [_row(name, each, samples.get(baseline, each)) for name, each in samples.items()]
    rounds = len(next(iter(samples.values())))
    moves = (
        f"{MOVES * scenario.games:,} moves a round, {rounds} rounds; none lost, none doubled. "
        f"Baseline: {baseline if baseline in samples else 'each itself'}."
    )
    title = f"{scenario.title}, {where}" if where else scenario.title
    return Table(title, COLUMNS, rows, [moves])


def _scenarios(options: Options) -> list[Scenario]:
    sizes = options.sizes_or(AT_ONCE, (PACED,))
    ways = (False,) if options.short else (False, True)
    return [Scenario(each, over_http=way) for way in ways for each in sizes]


def _row(name: str, rounds: Sequence[Sample], baseline: Sequence[Sample]) -> Sequence[str]:
    server, postgres = ([each.server for each in rounds], [each.postgres for each in rounds])
    ratios = [each.both / other.both for each, other in zip(rounds, baseline, strict=True)]
    return (
        name,
        peak([each.rate for each in rounds]),
        number(median(each.p50 for each in rounds)),
        number(median(each.p99 for each in rounds)),
        spread(server),
        spread(postgres),
        number(min(server) + min(postgres)),
        f"{median(ratios):.2f}",
        number(median(each.load for each in rounds)),
    )
