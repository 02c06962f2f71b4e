"""Fields that must be waited for: a mark stands in the text until their values are there."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import TypeAlias

from xogql.prepared.doubt import DoubtError

MARK = "\0"
"""JSON text has no such character: strings write it as `\\u0000`."""


@dataclass(slots=True)
class Run:
    """One execution: its context, and the keyword arguments of each field that has some.

    *holes*: what is waited for, in the order of the marks in the text.
    """

    context: object
    arguments: list[dict[str, object]]
    holes: "list[Hole]" = field(default_factory=list)


Complete: TypeAlias = Callable[[object, Run], str]
"""Writes a value; what it has to wait for it leaves as holes in the run."""

Hole: TypeAlias = tuple[Awaitable[object], Complete]


async def filled(text: str, run: Run) -> str:
    """Wait for what is missing, level by level, all of one level at once.

    Raises:
        DoubtError: if something failed.
    """
    while run.holes:
        holes = run.holes.copy()
        run.holes.clear()
        values = await _values([awaitable for awaitable, _ in holes])
        pieces = text.split(MARK)
        written = [pieces[0]]
        for value, (_, complete), piece in zip(values, holes, pieces[1:], strict=True):
            written += complete(value, run), piece
        text = "".join(written)
    return text


def abandon(run: Run) -> None:
    """Let go of what will not be waited for."""
    for awaitable, _ in run.holes:
        if isinstance(awaitable, Coroutine):
            awaitable.close()
        elif isinstance(awaitable, asyncio.Future):
            awaitable.add_done_callback(_ignored)
    run.holes.clear()


async def _values(awaitables: list[Awaitable[object]]) -> list[object]:
    if len(awaitables) == 1:
        return [await awaitables[0]]
    values = await asyncio.gather(*awaitables, return_exceptions=True)
    for each in values:
        if isinstance(each, BaseException):
            raise DoubtError from each
    return values


def _ignored(future: "asyncio.Future[object]") -> None:
    """Take an error that nobody else will take."""
    if not future.cancelled():
        future.exception()
