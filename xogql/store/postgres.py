"""The log in Postgres: an append is committed when it returns."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.store import statements
from xogql.store.appender import Appender
from xogql.store.batches import Batches
from xogql.store.codec import Category
from xogql.store.event_store import (
    Answered,
    Append,
    Recorded,
    Ring,
    Stream,
    VersionConflictError,
)
from xogql.store.projection import Projection
from xogql.store.questions import Row, ask

E = TypeVar("E")

PAGE = 5000
NEWEST = 2**31 - 1


class PostgresEventStore:
    """See EventStore. Keeps the rows of its *projections* in the append's own statement."""

    def __init__(
        self, engine: AsyncEngine, ring: Ring, projections: Sequence[Projection[Any]] = ()
    ) -> None:
        self._engine = engine
        self._ring = ring
        self._projections = projections
        self._changing = {kind for each in projections for kind in each.kinds()}
        self._lanes: dict[tuple[Category[Any], bool], Batches] = {}

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        """See EventStore."""
        if not request.events:
            raise ValueError(request)
        recorded_at = await self._lane(request).append(request)
        if recorded_at is None:
            raise VersionConflictError
        recorded: list[Recorded[Any]] = [
            Recorded(
                request.stream.name, version, each, request.actor, request.command_id, recorded_at
            )
            for version, each in enumerate(request.events, start=request.expected_version + 1)
        ]
        self._ring(recorded)
        return recorded

    async def read(
        self, stream: Stream[E], *, after: int = 0, upto: int | None = None
    ) -> Sequence[Recorded[E]]:
        """See EventStore."""
        values = {
            "stream_id": stream.name,
            "after": after,
            "upto": NEWEST if upto is None else upto,
        }
        rows = await ask(self._engine, statements.READ, values)
        return [_recorded(stream.category, row) for row in rows]

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        """See EventStore."""
        names = {stream.name: stream for stream in streams}
        found: dict[Stream[E], list[Recorded[E]]] = {stream: [] for stream in streams}
        values = {"stream_ids": list(names), "versions": list(streams.values()), "most": most}
        for row in await ask(self._engine, statements.READ_MANY, values):
            stream = names[row["stream_id"]]
            found[stream].append(_recorded(stream.category, row))
        return found

    async def find(self, stream: Stream[E], command_id: UUID) -> Answered[E] | None:
        """See EventStore."""
        values = {"stream_id": stream.name, "command_id": command_id}
        rows = await ask(self._engine, statements.FIND, values)
        if not rows:
            return None
        return Answered(rows[0].fingerprint, [_recorded(stream.category, row) for row in rows])

    async def grown(self, versions: Mapping[str, int]) -> Mapping[str, int]:
        """See EventStore."""
        values = {
            "stream_ids": " ".join(versions),
            "versions": " ".join(map(str, versions.values())),
        }
        rows = await ask(self._engine, statements.GROWN, values)
        return {row["stream_id"]: row["version"] for row in rows}

    async def scan(
        self, category: Category[E], kinds: Collection[type[E]]
    ) -> AsyncGenerator[Sequence[Recorded[E]]]:
        """See EventStore."""
        values = {
            "stream_id": f"{category.prefix}-",
            "after": 0,
            "before": f"{category.prefix}.",
            "types": [kind.__name__ for kind in kinds],
            "limit": PAGE,
        }
        while rows := await ask(self._engine, statements.SCAN, values):
            yield [_recorded(category, row) for row in rows]
            values |= {"stream_id": rows[-1].stream_id, "after": rows[-1].version}

    def _lane(self, request: Append[Any]) -> Batches:
        """Give the batches that a command goes with.

        Commands that change no read model have batches of their own: they never wait for a row of
        one, nor while they are rebuilt.
        """
        category = request.stream.category
        changes = not self._changing.isdisjoint(map(type, request.events))
        lane = self._lanes.get((category, changes))
        if lane is None:
            projections = [each for each in self._projections if each.category is category]
            appender = Appender(self._engine, projections if changes else ())
            lane = self._lanes[category, changes] = Batches(appender.append)
        return lane


def _recorded(category: Category[E], row: Row) -> Recorded[E]:
    decoded = category.decode(row["type"], row["schema_version"], row["data"])
    told = row["actor"], row["command_id"], row["recorded_at"]
    return Recorded(row["stream_id"], row["version"], decoded, *told)
