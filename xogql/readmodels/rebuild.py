"""Drops the rows of the read models and makes them again from the log."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from sqlalchemy import DateTime, Text, bindparam, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

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
        for projection in projections:
            async for page in store.scan(projection.category, projection.kinds()):
                await _repeat(connection, projection, page)
                read += len(page)
                yield read


async def _repeat(
    connection: AsyncConnection, projection: Projection[Any], page: Sequence[Recorded[Any]]
) -> None:
    """Make the changes of a page, a kind at a time, in the order in which a stream has them."""
    won = select(
        bindparam("appended_stream", type_=Text).label("stream_id"),
        bindparam("appended_at", type_=DateTime(timezone=True)).label("recorded_at"),
    ).subquery("won")
    for kind in projection.kinds():
        values = [
            {
                "appended_stream": each.stream,
                "appended_at": each.recorded_at,
                **projection.parameters(each.event),
            }
            for each in page
            if type(each.event) is kind
        ]
        if values:
            for statement in projection.statements(kind, won):
                await connection.execute(statement, values)
