"""`python -m bench.load PORT`: takes commands as lines of JSON, answers each with a line."""

import asyncio
import gc
import json
import sys
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import uvloop

from bench.load.asking import repeat
from bench.load.crowd import Crowd
from bench.load.match import Match
from bench.load.play import play
from bench.load.progress import Progress
from bench.load.table import Table

Answer = dict[str, Any]


class Load:
    """The commands. What is laid first is played then, so that nothing but moves is left to do."""

    def __init__(self, port: int) -> None:
        self._table = Table(port)
        self._crowd = Crowd(Table(port))
        self._progress = Progress(Table(port))
        self._matches: Sequence[Match] = ()

    async def lay(
        self, *, matches: int, players: int, over_http: bool = False, board: bool = False
    ) -> Answer:
        """Open matches of nine moves."""
        await self._table.seat(players)
        self._matches = await self._table.lay(matches, over_http=over_http, board=board)
        return {}

    async def lay_large(
        self, *, matches: int, players: int, side: int, moves: int, board: bool = False
    ) -> Answer:
        """Open matches on large boards."""
        await self._table.seat(players)
        self._matches = await self._table.lay_large(matches, side, moves, board=board)
        return {}

    async def play(self, *, slots: int, rate: float | None = None) -> Answer:
        """Play what was laid."""
        matches, self._matches = self._matches, ()
        return await play(matches, slots, rate)

    async def clear(self) -> Answer:
        """Close the connections of the matches."""
        await self._table.clear()
        return {}

    async def gather(self, *, spectators: int, games: int) -> Answer:
        """Have so many more sockets follow so many games."""
        await self._crowd.gather(spectators, games)
        return {}

    async def tell(self, *, moves: int) -> Answer:
        """Make moves that every spectator of the first game is told."""
        return await self._crowd.tell(moves)

    async def repeat(self, *, query: str, variables: Answer, times: int) -> Answer:
        """Ask one question again and again."""
        return await repeat(self._progress.table, query, variables, times)

    async def players(self) -> Answer:
        """Give the ids of two players."""
        return await self._progress.players()

    async def follow(self, *, games: Sequence[str]) -> Answer:
        """Have these two follow the games that they have begun."""
        await self._progress.follow(games)
        return {}

    async def lay_spread(self, *, slots: int, moves: int) -> Answer:
        """Spread moves over those games."""
        self._matches = self._progress.lay(slots, moves)
        return {}


async def main(port: int) -> None:
    """Do what is asked for until nobody asks."""
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None

    def fail(_: object, context: dict[str, Any]) -> None:
        if not task.cancelling():
            print("the load failed:", context, file=sys.stderr, flush=True)
        task.cancel()

    loop.set_exception_handler(fail)
    load = Load(port)
    async for line in _lines():
        command = json.loads(line)
        answer = await getattr(load, command.pop("do"))(**command)
        gc.collect()
        print(json.dumps(answer), flush=True)


LONGEST = 1 << 26
"""Bytes of a command: it may name a hundred thousand games."""


async def _lines() -> AsyncGenerator[bytes]:
    reader = asyncio.StreamReader(limit=LONGEST)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        yield line


if __name__ == "__main__":
    gc.disable()
    uvloop.run(main(int(sys.argv[1])))
