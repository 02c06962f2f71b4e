"""Hints: that a stream has grown, and to which version; or that there is news on a topic."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xogql.live.wakeups import NEWEST

MAX_PAYLOAD = 7_900
"""Bytes of one NOTIFY; Postgres refuses 8,000."""

_HINT = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,79})(?:=([1-9][0-9]{0,9}))?", re.ASCII)


class Hint(NamedTuple):
    """A stream's name and version, or a topic's name and 0. Written `name=version` or `name`."""

    name: str
    version: int = 0

    def __str__(self) -> str:
        return f"{self.name}={self.version}" if self.version else self.name


EVERYTHING = Hint("*")
"""Any stream may have grown. Never sent: nobody can make others ask for all they follow."""


def parse(payload: str) -> Iterator[Hint]:
    """Read the hints of a *payload*, which anybody may have sent; what is none is left out."""
    for word in payload.split(" "):
        if (match := _HINT.fullmatch(word)) and (version := int(match[2] or 0)) <= NEWEST:
            yield Hint(match[1], version)


def payloads(hints: Iterable[Hint]) -> Iterator[str]:
    """Write *hints* in pieces that a NOTIFY can carry."""
    words: list[str] = []
    size = 0
    for word in map(str, hints):
        if size + len(word) > MAX_PAYLOAD:
            yield " ".join(words)
            words, size = [], 0
        words.append(word)
        size += len(word) + 1
    if words:
        yield " ".join(words)


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
        for name, version in hints:
            self._versions[name] = max(version, self._versions.get(name, 0))
        if EVERYTHING.name in self._versions or len(self._versions) > self._limit:
            self._versions = {EVERYTHING.name: EVERYTHING.version}
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
        return [Hint(*each) for each in taken.items()]
