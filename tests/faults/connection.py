"""A client's socket to whichever server answers, made anew when it breaks."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import count
from random import Random
from typing import Any

from websockets import ConnectionClosed, WebSocketException, connect

from tests.e2e.sockets import PROTOCOL, Operation, Socket

BROKEN = (OSError, WebSocketException, EOFError)
"""What a client meets when its connection breaks, or is refused, or nobody answers."""

ANSWERING = 12.0
"""How long a client waits for an answer before it gives the connection up, in seconds."""

SHORTEST_PAUSE = 0.02
LONGEST_PAUSE = 1.0

FORBIDDEN = 4403

Urls = Callable[[], Sequence[str]]
"""Tells where the servers are at present."""


class TokenRefusedError(Exception):
    """The server closed the socket for good: the token is bad, expired or revoked."""


class Connection:
    """Operations on one socket; each goes to the server that this client is connected to."""

    def __init__(self, urls: Urls, authorization: str, dice: Random) -> None:
        self._urls = urls
        self._authorization = authorization
        self._dice = dice
        self._ids = map(str, count(1))
        self._connecting = asyncio.Lock()
        self._socket: Socket | None = None
        self._open = AsyncExitStack()
        self.closes: list[int] = []

    async def operate(
        self, document: str, variables: Mapping[str, object], authorization: str | None = None
    ) -> AsyncGenerator[dict[str, Any]]:
        """Begin an operation, for the holder of another token if one is given.

        Raises:
            BROKEN: if the connection breaks meanwhile, or later while results are awaited.
        """
        socket = await self._connected()
        operation = Operation(socket, next(self._ids))
        payload: dict[str, object] = {"query": document, "variables": variables}
        if authorization is not None:
            payload["extensions"] = {"authorization": authorization}
        try:
            await socket.send("subscribe", id=operation.id, payload=payload)
            async for data in operation:
                yield data
        except BROKEN as error:
            await self._break(socket, error)
            raise

    async def ask(self, *what: Any) -> dict[str, Any]:
        """Give the one result of an operation."""
        socket = self._socket
        try:
            async with asyncio.timeout(ANSWERING):
                [data] = [each async for each in self.operate(*what)]
        except TimeoutError as error:
            await self._break(socket, error)
            raise
        return data

    async def close(self) -> None:
        self._socket = None
        await self._open.aclose()

    async def _break(self, socket: Socket | None, error: BaseException) -> None:
        """Give a socket up, unless somebody has already."""
        if isinstance(error, ConnectionClosed):
            self.closes.append(error.rcvd.code if error.rcvd else 1006)
        if socket is self._socket:
            self._socket = None

    async def _connected(self) -> Socket:
        pause = SHORTEST_PAUSE
        async with self._connecting:
            while self._socket is None:
                try:
                    async with asyncio.timeout(ANSWERING):
                        self._socket = await self._introduced(self._dice.choice(self._urls()))
                except ConnectionClosed as closed:
                    self._check(closed)
                except BROKEN:
                    pass
                else:
                    break
                await asyncio.sleep(self._dice.uniform(pause / 2, pause))
                pause = min(2 * pause, LONGEST_PAUSE)
            return self._socket

    def _check(self, closed: ConnectionClosed) -> None:
        code = closed.rcvd.code if closed.rcvd else 1006
        self.closes.append(code)
        if code == FORBIDDEN:
            raise TokenRefusedError(closed)

    async def _introduced(self, url: str) -> Socket:
        await self._open.aclose()
        connection = await self._open.enter_async_context(
            connect(
                f"ws{url.removeprefix('http')}/graphql",
                subprotocols=[PROTOCOL],
                compression=None,
                ping_interval=None,
                close_timeout=0.5,
                proxy=None,
            )
        )
        socket = Socket(connection)
        await socket.send("connection_init", payload={"authorization": self._authorization})
        assert await socket.receive() == {"type": "connection_ack"}
        return socket
