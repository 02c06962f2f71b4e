"""What happened in a run, in order: two runs with the same digest are the same run."""

import zlib
from collections import Counter

from tests.simulation.clock import now


class Trace:
    """Notes what happens; *kept*: also its words, to be read.

    *counts*: how often each kind of thing happened.
    """

    def __init__(self, *, kept: bool = False) -> None:
        self.counts: Counter[str] = Counter()
        self.lines: list[str] = []
        self.digest = 0
        self._kept = kept

    def note(self, kind: str, *details: object) -> None:
        """Note that something happened now."""
        self.counts[kind] += 1
        line = f"{now():9.4f} {kind} {' '.join(map(str, details))}"
        self.digest = zlib.crc32(line.encode(), self.digest)
        if self._kept:
            self.lines.append(line)
