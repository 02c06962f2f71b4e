"""The event table, read directly: what has really happened."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from tests.faults.database import Database
from xogql.store.codec import GAMES

_READ = """
select stream_id, version, type, data::text, actor, command_id, ordinal from event
where stream_id in (
  select stream_id from event where stream_id like 'game-%' and version = 1 and position > $1
)
order by stream_id, version
"""
_END = "select coalesce(max(position), 0) from event"


@dataclass(frozen=True, slots=True)
class Row:
    """An event of a game; *data* as it stands in the table."""

    game: str
    version: int
    kind: str
    data: str
    actor: str
    command_id: UUID
    ordinal: int

    @property
    def what(self) -> tuple[object, ...]:
        """Its type and what it says more, as followers are told it."""
        values: dict[str, Any] = json.loads(self.data)
        cell = values.get("cell", {})
        move = values.get("mark"), cell.get("row"), cell.get("column")
        return self.kind, *move, values.get("kind"), values.get("count"), values.get("game")

    @property
    def event(self) -> Any:
        return GAMES.decode(self.kind, 1, self.data)

    @classmethod
    def of(cls, record: Sequence[Any]) -> Self:
        return cls(*record)


async def end_of(database: Database) -> int:
    """Tell how far the log has come."""
    return int((await database.fetch(_END))[0][0])


async def rows_of(database: Database, since: int) -> Sequence[Row]:
    """Read the games that were created after the log had come so far."""
    return [Row.of(tuple(each)) for each in await database.fetch(_READ, since)]
