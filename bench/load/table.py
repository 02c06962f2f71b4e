"""The table that games are played at: players sign up, games are opened and followed."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from itertools import islice
from typing import Any, TypeVar
from uuid import uuid4

from bench.load import documents
from bench.load.boards import Cells, nine_moves, without_line
from bench.load.documents import follow, move, subscribe
from bench.load.frames import frame
from bench.load.live_socket import LiveSocket
from bench.load.match import STARTED, Answered, Match, Move, Player
from bench.load.requester import Requester, written

T = TypeVar("T")
Mover = Callable[[dict[str, Any]], Move]

AT_ONCE = 16
"""How many requests are under way while a table is laid."""


class Table:
    """Everything that one server was asked for, and the connections to it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.players: list[str] = []
        self.sockets: list[LiveSocket] = []
        self._requesters: list[Requester] = []
        self._free: list[Requester] = []

    async def seat(self, players: int) -> None:
        """Have so many players signed up."""
        missing = range(players - len(self.players))
        self.players += await at_once(self._sign_up() for _ in missing)

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """Return who plays with whom."""
        return list(zip(self.players[::2], self.players[1::2], strict=True))

    async def lay(
        self, number: int, *, over_http: bool = False, board: bool = False
    ) -> Sequence[Match]:
        """Open so many games with two followers each, ready to be played to their end."""
        match, pairs = partial(self._match, over_http=over_http, board=board), self.pairs
        return await at_once(
            match(pairs[each % len(pairs)], nine_moves(each)) for each in range(number)
        )

    async def lay_large(
        self, number: int, side: int, moves: int, *, board: bool = False
    ) -> Sequence[Match]:
        """Open so many games on large boards, ready to be played for some moves."""
        rules = {"rules": {"rows": side, "columns": side, "line": 5}}
        cells, pairs = list(islice(without_line(side), moves)), self.pairs
        match = partial(self._match, rules=rules, board=board)
        return await at_once(match(pairs[each % len(pairs)], cells) for each in range(number))

    async def clear(self) -> None:
        """Close the sockets; the players stay known."""
        sockets, self.sockets = self.sockets, []
        await at_once(each.close() for each in sockets)
        requesters, self._requesters = self._requesters, []
        self._free = []
        for each in requesters:
            each.close()

    async def open_game(self, x: str, o: str, **more: Any) -> str:  # noqa: ANN401 - JSON
        """Have two players begin a game."""
        command = {"mark": "X", "commandId": str(uuid4()), **more}
        created = await self.ask(documents.CREATE, command, x)
        game_id = str(created["game"]["id"])
        command = {"gameId": game_id, "commandId": str(uuid4())}
        joined = await self.ask(documents.JOIN, command, o)
        assert joined["game"]["version"] == STARTED, joined
        return game_id

    async def intratoken(self, game_id: str, player: str) -> str:
        """Give the value of `Authorization` that a player commands a game with."""
        issued = await self.ask(documents.ISSUE, {"gameId": game_id}, player)
        return f"Intra {issued['accessToken']}"

    async def socket(self, authorization: str) -> LiveSocket:
        """Open a socket that `clear` closes."""
        socket = await LiveSocket.open(self.port, authorization)
        self.sockets.append(socket)
        return socket

    async def requester(self) -> Requester:
        """Open an HTTP connection that `clear` closes."""
        requester = await Requester.open(self.port)
        self._requesters.append(requester)
        return requester

    async def _sign_up(self) -> str:
        account = {"username": f"p-{uuid4().hex[:20]}", "password": "correct horse battery"}
        session = await self.ask(documents.SIGN_UP, account)
        return f"Bearer {session['accessToken']}"

    async def _match(
        self,
        pair: tuple[str, str],
        cells: Cells,
        *,
        over_http: bool = False,
        board: bool = False,
        rules: dict[str, Any] | None = None,
    ) -> Match:
        game_id = await self.open_game(*pair, **(rules or {}))
        tokens = [await self.intratoken(game_id, each) for each in pair]
        sockets = [await self.socket(each) for each in tokens]
        players = (Player(), Player())
        for socket, player in zip(sockets, players, strict=True):
            await following(socket, player, game_id, board=board)
        movers: list[Mover] = [partial(by_socket, each) for each in sockets]
        if over_http:
            movers = [partial(_by_http, await self.requester(), each) for each in tokens]
        made = [move(game_id, cell, board=board) for cell in cells]
        moves = [movers[place % 2](each) for place, each in enumerate(made)]
        return Match(players, moves, ends=rules is None)

    async def ask(
        self, query: str, command: dict[str, Any], authorization: str = ""
    ) -> dict[str, Any]:
        """Have a mutation carried out, over any connection."""
        async with self._lent() as requester:
            return await requester.ask(query, {"input": command}, authorization)

    @asynccontextmanager
    async def _lent(self) -> AsyncGenerator[Requester]:
        while self._free and not self._free[-1].is_open:
            self._free.pop()
        requester = self._free.pop() if self._free else await self.requester()
        yield requester
        self._free.append(requester)


async def at_once(work: Iterable[Awaitable[T]]) -> list[T]:
    """Do all of it, some at a time; give what came of it in its order."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(each: Awaitable[T]) -> T:
        async with room:
            return await each

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(each)) for each in work]
    return [each.result() for each in tasks]


async def following(
    socket: LiveSocket, player: Player, game_id: str, *, board: bool = False
) -> None:
    """Follow a game until its start has been told: the subscription stands."""
    started = asyncio.get_running_loop().create_future()
    player.told = started.set_result
    socket.handle(game_id, player.hear)
    socket.send(frame(subscribe(game_id, follow(game_id, STARTED - 1, board=board))))
    await started


def by_socket(socket: LiveSocket, request: dict[str, Any]) -> Move:
    """Write a move to be sent over a socket."""
    operation = request["variables"]["input"]["commandId"]
    message = frame(subscribe(operation, request))

    def send(answered: Answered) -> None:
        socket.handle(operation, answered)
        socket.send(message)

    return send


def _by_http(requester: Requester, authorization: str, request: dict[str, Any]) -> Move:
    return partial(requester.send, written(request, authorization))
