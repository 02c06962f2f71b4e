"""How much one client may do at once and how often, in this process."""

from collections import Counter
from dataclasses import dataclass
from math import ceil
from time import monotonic

from cachetools import LRUCache

from xogql.api.execution import Prepared
from xogql.api.operation_errors import OperationError
from xogql.auth.throttle import Limit

CLIENTS = 10_000
"""Of so many clients, those seen last, a process remembers what they have done."""


@dataclass(frozen=True, slots=True)
class Allowances:
    """What is allowed: at once, or as a burst and one more after a while."""

    sockets_per_player: int
    sockets_per_address: int
    operations_per_socket: int
    messages_per_socket: Limit
    moves_per_player: Limit
    operations_per_client: Limit


class Bucket:
    """One client's budget: the generic cell rate algorithm (ITU-T I.371) by the process's clock."""

    __slots__ = ("_arrival", "_burst", "_each")

    def __init__(self, limit: Limit) -> None:
        self._burst = limit.burst
        self._each = limit.per.total_seconds()
        self._arrival = 0.0

    def take(self, count: int = 1) -> float:
        """Take some; or take none and give the seconds until there are enough again."""
        now = monotonic()
        start = max(self._arrival, now)
        wait = start + self._each * (count - self._burst) - now
        if wait > 0:
            return wait
        self._arrival = start + self._each * count
        return 0.0


class TooManySocketsError(Exception):
    """There are too many sockets from here: close one, or try again later."""


class Quotas:
    """Counts what clients do. A client is a player, or an address where nobody is signed in."""

    def __init__(self, allowances: Allowances) -> None:
        self.allowances = allowances
        self._sockets: Counter[str] = Counter()
        self._moves: LRUCache[str, Bucket] = LRUCache(CLIENTS)
        self._operations: LRUCache[str, Bucket] = LRUCache(CLIENTS)

    def take(self, client: str, prepared: Prepared) -> None:
        """Count an operation; moves have a budget of their own, so that nothing else stops them.

        Raises:
            OperationError: RATE_LIMITED, with the seconds to wait.
        """
        buckets, limit = (
            (self._moves, self.allowances.moves_per_player)
            if prepared.is_move
            else (self._operations, self.allowances.operations_per_client)
        )
        try:
            bucket = buckets[client]
        except KeyError:
            bucket = buckets[client] = Bucket(limit)
        if wait := bucket.take(prepared.fields):
            message = "Too many operations: wait before the next one."
            raise OperationError("RATE_LIMITED", message, retryAfter=max(1, ceil(wait)))

    def open_socket(self, client: str, most: int) -> None:
        """Count a socket, until it is closed.

        Raises:
            TooManySocketsError: if there are *most* already.
        """
        if self._sockets[client] >= most:
            raise TooManySocketsError
        self._sockets[client] += 1

    def close_socket(self, client: str) -> None:
        """Count a socket no more."""
        self._sockets[client] -= 1
        if not self._sockets[client]:
            del self._sockets[client]
