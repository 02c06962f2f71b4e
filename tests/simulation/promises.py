"""What a follower may count on, and the referee who tells when it was broken."""

from typing import Any

from tests.simulation.carrier import Carrier
from tests.simulation.clock import now
from tests.simulation.log import SharedLog
from xogql.store.event_store import Recorded


class BrokenPromiseError(AssertionError):
    """Something was lost, doubled, out of order, late or left behind."""


class NotTheNextError(BrokenPromiseError):
    """A follower was given another event than the one after its last."""


class NotCommittedError(BrokenPromiseError):
    """A follower was given what the log does not hold, or a list that never was."""


class LateError(BrokenPromiseError):
    """Something came, but long after its commit."""


class InVainError(BrokenPromiseError):
    """Somebody waits for what was committed long ago."""


class LeftBehindError(BrokenPromiseError):
    """Something is registered or runs, though everybody has gone."""


class ComplaintError(BrokenPromiseError):
    """Something failed that nobody foresaw."""


class Promises:
    """Judges what followers are told by what the log holds.

    *bound*: seconds in which they have to be told. *total*: events there will be in all.
    *worst*: the longest that it took.
    """

    def __init__(self, log: SharedLog, carrier: Carrier, bound: float, total: int) -> None:
        self.log = log
        self.worst = 0.0
        self._carrier = carrier
        self._bound = bound
        self._total = total

    def next_event(self, stream: str, seen: int, recorded: Recorded[Any]) -> None:
        """Judge an event: it is the one after *seen*, as it was committed."""
        self.log.trace.note("delivered", stream, recorded.version)
        if (recorded.stream, recorded.version) != (stream, seen + 1):
            raise NotTheNextError(stream, seen, recorded)
        if self.log.committed[stream, recorded.version][1] != recorded.command_id:
            raise NotCommittedError(recorded)

    def in_time(self, recorded: Recorded[Any], asked: float) -> None:
        """Judge how long an event took to come."""
        committed, _ = self.log.committed[recorded.stream, recorded.version]
        self._judge(committed, asked, recorded)

    def next_list(self, seen: int, listed: frozenset[str], asked: float) -> int:
        """Judge a list: it was one once, after the one *seen*, and came in time; tell which."""
        self.log.trace.note("listed", *sorted(listed))
        if listed not in self.log.lists[seen:]:
            raise NotCommittedError(seen, sorted(listed))
        found = self.log.lists.index(listed, seen)
        self._judge(self.log.relisted[min(seen + 1, found)], asked, listed)
        return found

    def is_last(self, seen: int) -> bool:
        """Tell whether this is the list that will stay."""
        return len(self.log.committed) == self._total and seen == len(self.log.lists) - 1

    def _judge(self, committed: float, asked: float, what: object) -> None:
        """Judge a delay, counted from the last trouble."""
        took = now() - max(committed, asked, self.log.troubled, self._carrier.troubled)
        self.worst = max(self.worst, took)
        if took > self._bound:
            raise LateError(took, self._bound, what)
