"""Appends commands to the table: one statement for one or many, committed when it returns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import FromClause
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

from xogql.store.drivers import drivers_of
from xogql.store.event_store import Append, OutcomeUnknownError, UnavailableError
from xogql.store.outages import outages
from xogql.store.projection import Projection
from xogql.store.statements import DriverStatement, append_event, append_many, append_one


class Appender:
    """Keeps the rows of *projections* in the append's own statement."""

    def __init__(self, engine: AsyncEngine, projections: Sequence[Projection[Any]]) -> None:
        self._drivers = drivers_of(engine)
        self._projections = projections

    async def append(self, requests: Sequence[Append[Any]]) -> Sequence[datetime | None]:
        """Append commands of different streams; tell when each was recorded, None if it lost.

        Raises:
            EventStoreError: as `EventStore.append` does, of all together.
        """
        if len(requests) == 1 and len(requests[0].events) == 1 and not self._projections:
            recorded = await self._execute(self._event, _values_of_event(requests[0]))
        elif len(requests) == 1:
            recorded = await self._execute(self._one, _values_of_one(requests[0]))
        else:
            recorded = await self._execute(self._many, _values_of_many(requests))
        return [recorded.get(each.stream.name) for each in requests]

    async def _execute(
        self, statement: DriverStatement, given: Mapping[str, object]
    ) -> Mapping[str, datetime]:
        with outages(UnavailableError):
            async with self._drivers.one() as driver:
                with outages(OutcomeUnknownError):
                    rows = await driver.fetch(statement.text, *statement.values(given))
        return {row["stream_id"]: row["recorded_at"] for row in rows}

    @cached_property
    def _event(self) -> DriverStatement:
        return append_event()

    @cached_property
    def _one(self) -> DriverStatement:
        return append_one(self._changes)

    @cached_property
    def _many(self) -> DriverStatement:
        return append_many(self._changes)

    def _changes(self, won: FromClause) -> Iterator[UpdateBase]:
        for each in self._projections:
            yield from each.statements(won)


def _values_of_event(request: Append[Any]) -> Mapping[str, object]:
    name, schema_version, data = request.stream.category.encode(request.events[0])
    return {
        "stream_id": request.stream.name,
        "version": request.expected_version + 1,
        "type": name,
        "schema_version": schema_version,
        "data": data,
        "actor": request.actor,
        "command_id": request.command_id,
        "fingerprint": request.fingerprint,
    }


def _values_of_one(request: Append[Any]) -> Mapping[str, object]:
    encoded = map(request.stream.category.encode, request.events)
    types, schema_versions, datas = zip(*encoded, strict=True)
    return {
        "stream_id": request.stream.name,
        "expected_version": request.expected_version,
        "types": types,
        "schema_versions": schema_versions,
        "datas": datas,
        "actor": request.actor,
        "command_id": request.command_id,
        "fingerprint": request.fingerprint,
    }


def _values_of_many(requests: Sequence[Append[Any]]) -> Mapping[str, object]:
    rows = [
        _row(request, ordinal, *request.stream.category.encode(event))
        for request in requests
        for ordinal, event in enumerate(request.events)
    ]
    return {"events": orjson.dumps(rows).decode()}


def _row(
    request: Append[Any], ordinal: int, name: str, schema_version: int, data: str
) -> Mapping[str, object]:
    return {
        "stream_id": request.stream.name,
        "version": request.expected_version + 1 + ordinal,
        "type": name,
        "schema_version": schema_version,
        "data": orjson.Fragment(data),
        "ordinal": ordinal,
        "actor": request.actor,
        "command_id": request.command_id,
        "fingerprint": request.fingerprint,
    }
