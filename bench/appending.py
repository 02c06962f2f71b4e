"""`python -m bench.appending URL RUN WRITERS SECONDS`: the store alone, in a process of its own.

Writers append one event after another, each to a stream of its own.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from time import perf_counter, process_time
from uuid import uuid4

import uvloop

from xogql import game
from xogql.game import Cell, Mark, MoveMade, PlayerId
from xogql.readmodels.catalogue import projections
from xogql.store.codec import GAMES, Event
from xogql.store.engine import make_engine
from xogql.store.event_store import Append, Recorded, Stream
from xogql.store.postgres import PostgresEventStore

ANN = PlayerId("player-ann")
MOVE = MoveMade(Mark.X, Cell(1, 1))


async def append(url: str, run: str, writers: int, seconds: float) -> dict[str, float]:
    """Append for a while; tell how often, and what it took here."""
    engine = make_engine(url)
    store = PostgresEventStore(engine, _no_ring, projections())
    appended = 0

    async def write(stream: Stream[game.Event], until: float) -> None:
        nonlocal appended
        version = 0
        while perf_counter() < until:
            await store.append(Append(stream, version, [MOVE], ANN, uuid4(), 0))
            version += 1
            appended += 1

    streams = [Stream(GAMES, f"game-{run}-{each}") for each in range(writers)]
    began, spent = perf_counter(), process_time()
    async with asyncio.TaskGroup() as group:
        for each in streams:
            group.create_task(write(each, began + seconds))
    took = {"seconds": perf_counter() - began, "spent": process_time() - spent}
    await engine.dispose()
    return {"appended": appended, **took}


def _no_ring(recorded: Sequence[Recorded[Event]]) -> None:
    """Nobody follows."""


if __name__ == "__main__":
    told = uvloop.run(append(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
    print(json.dumps(told))
