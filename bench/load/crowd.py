"""Spectators: many sockets that follow few games, and a game whose moves they are told."""

import asyncio
from collections.abc import Sequence
from itertools import islice
from time import perf_counter, process_time
from typing import Any

from bench.load.boards import without_line
from bench.load.documents import follow, move, subscribe
from bench.load.frames import frame
from bench.load.live_socket import LiveSocket
from bench.load.match import STARTED, WrongAnswerError
from bench.load.play import MoveLostError, quantile
from bench.load.table import Table, at_once, by_socket

SIDE = 19
RULES = {"rows": SIDE, "columns": SIDE, "line": 5}
PATIENCE = 120.0
PLAYERS = 100


class Crowd:
    """Sockets of players who only look on, a game each."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._games: list[str] = []
        self._cells = without_line(SIDE)
        self._made = 0
        self._wanted = 0
        self._all = asyncio.Event()
        self._heard: list[float] = []

    async def gather(self, spectators: int, games: int) -> None:
        """Have so many more sockets follow so many games in turn, each until it hears of it."""
        await self._table.seat(PLAYERS)
        new = games - len(self._games)
        x, o = self._table.players[:2]
        self._games += await at_once(self._table.open_game(x, o, rules=RULES) for _ in range(new))
        messages = [frame(subscribe("s", follow(each, STARTED - 1))) for each in self._games]
        self._expect(spectators)
        players = self._table.players
        sockets = await at_once(
            self._table.socket(players[each % len(players)]) for each in range(spectators)
        )
        for number, socket in enumerate(sockets):
            self._follow(socket, messages[number % len(messages)])
        await self._patiently()

    async def tell(self, moves: int) -> dict[str, Any]:
        """Make moves in the first game, each when all have heard of the one before."""
        spectators = len(self._table.sockets)
        pair = self._table.players[:2]
        tokens = [await self._table.intratoken(self._games[0], each) for each in pair]
        movers = [await LiveSocket.open(self._table.port, each) for each in tokens]
        latencies, slowest, spent = list[float](), list[float](), process_time()
        for cell in islice(self._cells, moves):
            self._expect(spectators)
            began, acknowledged = perf_counter(), asyncio.get_running_loop().create_future()
            by_socket(movers[self._made % 2], move(self._games[0], cell))(acknowledged.set_result)
            self._made += 1
            answer = await acknowledged
            if answer["data"]["makeMove"]["__typename"] != "MakeMoveSuccess":
                raise WrongAnswerError(answer)
            await self._patiently()
            latencies += (1000 * (each - began) for each in self._heard)
            slowest.append(1000 * (max(self._heard) - began))
        for each in movers:
            await each.close()
        return _summary(sorted(latencies), slowest, process_time() - spent)

    def _follow(self, socket: LiveSocket, message: bytes) -> None:
        version = STARTED - 1

        def hear(payload: dict[str, Any]) -> None:
            nonlocal version
            version += 1
            if payload["data"]["gameEvents"]["version"] != version:
                raise WrongAnswerError(version, payload)
            self._heard.append(perf_counter())
            if len(self._heard) == self._wanted:
                self._all.set()

        socket.handle("s", hear)
        socket.send(message)

    def _expect(self, events: int) -> None:
        self._wanted, self._heard = events, []
        self._all.clear()

    async def _patiently(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._all.wait()
        except TimeoutError:
            raise MoveLostError(len(self._heard), self._wanted) from None


def _summary(latencies: Sequence[float], slowest: Sequence[float], spent: float) -> dict[str, Any]:
    return {
        "events": len(latencies),
        "p50": quantile(latencies, 0.5),
        "p99": quantile(latencies, 0.99),
        "slowest": max(slowest),
        "spent": spent,
    }
