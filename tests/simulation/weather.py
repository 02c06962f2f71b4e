"""What a seed decides: how large the world is, and what befalls it."""

from dataclasses import dataclass
from random import Random

HOUR = 3600.0
"""A backstop so far away that what arrives came by a hint."""

PATIENCE = 2.0
LONGEST_PAUSE = 2.0


@dataclass(frozen=True)
class Weather:
    """Which faults there are, and how soon an event must be with its followers all the same.

    *latency*: seconds that a message to or from the log takes at most. *reading*: how much longer
    the answer to a question may take. *delay*: seconds that a hint takes at most. *calm*: seconds
    between two moments at which many things happen at once. *lost*, *doubled*: parts of the
    hints. *unanswered*: part of the appends whose answer is lost. *forgeries*, *cuts*, *crashes*,
    *outages*: how many there are.
    """

    name: str
    latency: float
    reading: float
    delay: float
    calm: float
    backstop: float
    heartbeat: float = HOUR
    lost: float = 0.0
    doubled: float = 0.0
    unanswered: float = 0.0
    forgeries: int = 0
    cuts: int = 0
    crashes: int = 0
    outages: int = 0

    def moment(self, dice: Random, now: float) -> float:
        """Choose when something is to happen: soon, or when much else does."""
        if dice.random() < 0.5:
            return now + dice.uniform(0, dice.choice((0.0, 0.2, self.calm)))
        return (now // self.calm + 1) * self.calm + dice.uniform(0, 3 * self.latency)

    def bound(self, followers: int) -> float:
        """Seconds from commit to delivery at most, once no trouble lasts.

        Followers of one stream may have to read one after the other.
        """
        seconds = 0.2 + 8 * self.latency
        seconds += (followers + 1) * (2 * self.latency + self.reading)
        seconds += self.delay if self.backstop == HOUR else self.backstop
        if self.cuts and self.backstop == HOUR:
            seconds += self.heartbeat + 2 * PATIENCE + 2 * LONGEST_PAUSE
        if self.outages:
            seconds += LONGEST_PAUSE
        return seconds


@dataclass(frozen=True)
class Plan:
    """The whole of a run, but for what is rolled on the way.

    *page*: events that a tail keeps and a read gives. *appends*: of each writer.
    """

    seed: int
    weather: Weather
    servers: int
    streams: int
    writers: int
    appends: int
    followers: int
    watchers: int
    page: int


def plan(seed: int) -> Plan:
    """Decide what the seed means."""
    dice = Random(seed)
    return Plan(
        seed=seed,
        weather=dice.choice((_fair, _cutting, _stormy))(dice),
        servers=dice.randint(1, 3),
        streams=dice.randint(1, 2),
        writers=dice.randint(1, 3),
        appends=dice.randint(1, 5),
        followers=dice.randint(1, 5),
        watchers=dice.choice((0, 2, 5)),
        page=dice.choice((1, 2, 3, 5, 400)),
    )


def _fair(dice: Random) -> Weather:
    """Hints come, be they doubled, late or forged: all hangs on them."""
    return Weather(
        "fair",
        latency=dice.choice((0.0, 0.01, 0.05)),
        reading=dice.choice((0.0, 0.01, 0.3)),
        delay=dice.choice((0.0, 0.02, 0.5)),
        calm=5.0,
        backstop=HOUR,
        doubled=dice.choice((0.0, 0.3)),
        forgeries=dice.choice((0, 10)),
        outages=dice.choice((0, 1, 4)),
    )


def _cutting(dice: Random) -> Weather:
    """The bell's connections die, also in silence: each process notices, and asks the log."""
    return Weather(
        "cutting",
        latency=dice.choice((0.0, 0.01, 0.05)),
        reading=dice.choice((0.0, 0.01, 0.3)),
        delay=0.02,
        calm=12.0,
        backstop=HOUR,
        heartbeat=1.0,
        forgeries=dice.choice((0, 10)),
        cuts=dice.choice((1, 3, 8)),
    )


def _stormy(dice: Random) -> Weather:
    """Hints are lost, connections die, processes crash, the log is out of reach."""
    cuts = dice.choice((0, 0, 3))
    return Weather(
        "stormy",
        latency=dice.choice((0.0, 0.01, 0.05)),
        reading=dice.choice((0.0, 0.01, 0.3)),
        delay=dice.choice((0.02, 3.0)),
        calm=5.0,
        backstop=1.0,
        lost=dice.choice((0.0, 0.3, 0.9, 1.0)),
        doubled=dice.choice((0.0, 0.3)),
        unanswered=dice.choice((0.0, 0.2)),
        forgeries=dice.choice((0, 20)),
        cuts=cuts,
        heartbeat=1.0 if cuts else HOUR,
        crashes=dice.choice((0, 1, 3)),
        outages=dice.choice((0, 1, 4)),
    )
