"""How often: so many at once, and one more after each while."""

from dataclasses import dataclass
from time import monotonic

from cachetools import LRUCache


@dataclass(frozen=True, slots=True)
class Rate:
    """*burst* at once, and *per_second* more each second."""

    burst: int
    per_second: float


class Bucket:
    """One client's budget (the generic cell rate algorithm, ITU-T I.371, in this process)."""

    __slots__ = ("_arrival", "_rate")

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._arrival = 0.0

    def take(self) -> float:
        """Take one; give 0, or the seconds until there is one again."""
        now, each = monotonic(), 1 / self._rate.per_second
        wait = self._arrival - now - each * (self._rate.burst - 1)
        if wait > 0:
            return wait
        self._arrival = max(self._arrival, now) + each
        return 0.0


class Buckets:
    """A budget for each client, of those seen last."""

    def __init__(self, rate: Rate, clients: int = 10_000) -> None:
        self._rate = rate
        self._buckets: LRUCache[str, Bucket] = LRUCache(clients)

    def of(self, client: str) -> Bucket:
        """Give a client's budget."""
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = self._buckets[client] = Bucket(self._rate)
        return bucket
