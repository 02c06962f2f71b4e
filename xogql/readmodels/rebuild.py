"""Drops the rows of the read models and makes them again from the log."""

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from sqlalchemy import ARRAY, DateTime, FromClause, Text, cast, delete, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from xogql.store import statements
from xogql.store.event_store import EventStore, Recorded
from xogql.store.projection import Projection


async def rebuild(
    engine: AsyncEngine, store: EventStore, projections: Sequence[Projection[Any]]
) -> AsyncGenerator[int]:
    """Make the read models again in one transaction; yield how many events have been read.

    Appends that change these rows wait meanwhile, others go on. All see the old rows to the end.
    """
    read = 0
    tables = [table for projection in projections for table in projection.tables]
    async with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
        for table in tables:
            # An append that changed a row which is deleted here would change nothing.
            await connection.execute(text(f"lock table {table.name} in share row exclusive mode"))
        for table in tables:
            await connection.execute(delete(table))
        # What was unique at every moment need not be so before all is made.
        await connection.execute(text("set constraints all deferred"))
        for projection in projections:
            async for page in store.scan(projection.category, projection.kinds()):
                await _repeat(connection, projection, page)
                read += len(page)
                yield read


async def _repeat(
    connection: AsyncConnection, projection: Projection[Any], page: Sequence[Recorded[Any]]
) -> None:
    """Make the changes of a page: of all streams the first event, then the second, and so on."""
    for events in _in_waves(page):
        values = {
            "stream_ids": [each.stream for each in events],
            "types": [type(each.event).__name__ for each in events],
            "datas": [projection.category.encode(each.event)[2] for each in events],
            "recorded_ats": [each.recorded_at for each in events],
        }
        for statement in projection.statements(_WON):
            await connection.execute(statement, values)


def _in_waves(page: Sequence[Recorded[Any]]) -> Sequence[Sequence[Recorded[Any]]]:
    """Part events so that no two of one stream go together, and each stream's stay in order."""
    waves: list[list[Recorded[Any]]] = []
    had: Counter[str] = Counter()
    for each in page:
        if had[each.stream] == len(waves):
            waves.append([])
        waves[had[each.stream]].append(each)
        had[each.stream] += 1
    return waves


def _won() -> FromClause:
    written = statements.unnested(
        "written",
        stream_id=ARRAY(Text),
        type=ARRAY(Text),
        data=ARRAY(Text),
        recorded_at=ARRAY(DateTime(timezone=True)),
    )
    data = cast(written.c.data, JSONB).label("data")
    columns = (written.c.stream_id, written.c.type, data, written.c.recorded_at)
    return select(*columns).subquery("won")


_WON = _won()
"""The events of a page, as rows."""
