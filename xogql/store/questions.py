"""Asks the driver directly: between lie 0.1 ms of CPU for each statement, several times its own."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import asyncpg
from sqlalchemy import CompoundSelect, Select
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.store.drivers import drivers_of
from xogql.store.event_store import UnavailableError
from xogql.store.outages import outages
from xogql.store.statements import DriverStatement

NOTHING: Mapping[str, object] = {}


class Row(asyncpg.Record):
    """A row of an answer: its columns are attributes, too."""

    __slots__ = ()

    def __getattr__(self, column: str) -> Any:  # noqa: ANN401 - what the column holds
        try:
            return self[column]
        except KeyError:
            raise AttributeError(column) from None


Question = Select[Any] | CompoundSelect[Any]

prepared = cache(DriverStatement.of)
"""Write a statement for the driver: once, for it is asked again and again."""


async def ask(
    engine: AsyncEngine, question: Question, given: Mapping[str, object] = NOTHING
) -> Sequence[Row]:
    """Give the rows of a *question* that stands for good: it is kept as the driver takes it.

    Raises:
        UnavailableError: if there is no answer.
    """
    statement = prepared(question)
    with outages(UnavailableError):
        async with drivers_of(engine).one() as driver:
            values = statement.values(given)
            return await driver.fetch(statement.text, *values, record_class=Row)
