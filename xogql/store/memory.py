"""The log in memory: the same contract, for tests and for a first look at the rules."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from xogql.game import PlayerId
from xogql.store.codec import Category
from xogql.store.event_store import Answered, Append, Recorded, Ring, Stream, VersionConflictError

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class _Row:
    """An event as the table has it: the codec's text, so that what it forgets is forgotten."""

    written: tuple[str, int, str]
    actor: PlayerId
    command_id: UUID
    fingerprint: int
    recorded_at: datetime


class MemoryEventStore:
    """See EventStore."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._streams: dict[str, Sequence[_Row]] = {}

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        """See EventStore."""
        if not request.events:
            raise ValueError(request)
        rows = self._streams.get(request.stream.name, [])
        known = any(row.command_id == request.command_id for row in rows)
        if known or len(rows) != request.expected_version:
            raise VersionConflictError
        now = datetime.now(UTC)
        new = [
            _Row(
                request.stream.category.encode(each),
                request.actor,
                request.command_id,
                request.fingerprint,
                now,
            )
            for each in request.events
        ]
        self._streams[request.stream.name] = [*rows, *new]
        recorded: list[Recorded[Any]] = self._recorded(request.stream)[request.expected_version :]
        self._ring(recorded)
        return recorded

    async def read(
        self, stream: Stream[E], *, after: int = 0, upto: int | None = None
    ) -> Sequence[Recorded[E]]:
        """See EventStore."""
        recorded = self._recorded(stream)
        last = len(recorded) if upto is None else upto
        return [each for each in recorded if after < each.version <= last]

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        """See EventStore."""
        found = {stream: await self.read(stream, after=after) for stream, after in streams.items()}
        return {stream: recorded[:most] for stream, recorded in found.items()}

    async def find(self, stream: Stream[E], command_id: UUID) -> Answered[E] | None:
        """See EventStore."""
        recorded = [each for each in self._recorded(stream) if each.command_id == command_id]
        if not recorded:
            return None
        first = self._streams[stream.name][recorded[0].version - 1]
        return Answered(first.fingerprint, recorded)

    async def grown(self, versions: Mapping[str, int]) -> Mapping[str, int]:
        """See EventStore."""
        present = {name: len(self._streams.get(name, ())) for name in versions}
        return {name: version for name, version in present.items() if version > versions[name]}

    async def scan(
        self, category: Category[E], kinds: Collection[type[E]]
    ) -> AsyncGenerator[Sequence[Recorded[E]]]:
        """See EventStore."""
        for name in sorted(self._streams):
            if name.startswith(f"{category.prefix}-"):
                recorded = self._recorded(Stream(category, name))
                if page := [each for each in recorded if type(each.event) in kinds]:
                    yield page

    def _recorded(self, stream: Stream[E]) -> list[Recorded[E]]:
        return [
            Recorded(
                stream.name,
                version,
                stream.category.decode(*row.written),
                row.actor,
                row.command_id,
                row.recorded_at,
            )
            for version, row in enumerate(self._streams.get(stream.name, ()), start=1)
        ]
