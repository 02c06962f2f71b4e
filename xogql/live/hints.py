"""Hints: that a stream has grown, and to which version; or that there is news on a topic."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from xogql.live.wakeups import NEWEST

MAX_PAYLOAD = 7_900
"""Bytes of one NOTIFY; Postgres refuses 8,000."""

_HINTS = re.compile(
    r"(?<![^ ])([A-Za-z][A-Za-z0-9_-]{0,79})(?:=([1-9][0-9]{0,9}))?(?![^ ])", re.ASCII
)

Hint: TypeAlias = tuple[str, int]
"""A stream's name and version, or a topic's name and 0. Written `name=version` or `name`."""

EVERYTHING: Hint = ("*", 0)
"""Any stream may have grown. Never sent: nobody can make others ask for all they follow."""


def parse(payload: str) -> list[Hint]:
    """Read the hints of a *payload*, which anybody may have sent; what is none is left out."""
    found = [(name, int(version or 0)) for name, version in _HINTS.findall(payload)]
    return [each for each in found if each[1] <= NEWEST]


def words(hints: Iterable[Hint]) -> list[str]:
    """Write *hints*, each in a word of its own."""
    return [f"{name}={version}" if version else name for name, version in hints]


def payloads(hints: Iterable[Hint]) -> Iterator[str]:
    """Write *hints* in pieces that a NOTIFY can carry."""
    piece: list[str] = []
    size = 0
    for word in words(hints):
        if size + len(word) > MAX_PAYLOAD:
            yield " ".join(piece)
            piece, size = [], 0
        piece.append(word)
        size += len(word) + 1
    if piece:
        yield " ".join(piece)


class Hints:
    """Hints on their way to one taker: of each stream the highest version, so that they are few.

    Where there are more streams than *limit*, one hint stands for all: EVERYTHING.
    """

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._versions: dict[str, int] = {}
        self._some = asyncio.Event()

    def add(self, hints: Iterable[Hint]) -> None:
        """Add *hints*; never waits."""
        known = self._versions
        for name, version in hints:
            if version >= known.get(name, 0):
                known[name] = version
        if EVERYTHING[0] in self._versions or len(self._versions) > self._limit:
            self._versions = dict([EVERYTHING])
        if self._versions:
            self._some.set()

    async def some(self) -> None:
        """Wait, for ever if need be, until there are some."""
        await self._some.wait()

    async def take(self) -> list[Hint]:
        """Take all there are; wait until there are some."""
        await self.some()
        self._some.clear()
        taken, self._versions = self._versions, {}
        return list(taken.items())
