"""A client's socket: graphql-transport-ws, frame by frame where a test wants that."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

from websockets import ClientConnection, ConnectionClosed, Subprotocol, connect

from tests.e2e.servers import PATIENCE

PROTOCOL = Subprotocol("graphql-transport-ws")


class RefusedError(Exception):
    """An operation was refused as a whole; *codes* are those of its errors."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors

    @property
    def codes(self) -> list[str]:
        return [each["extensions"]["code"] for each in self.errors]


class Socket:
    """Operations on one connection; messages wait here until their operation asks for them."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = map(str, count(1))
        self._received: defaultdict[str, deque[dict[str, Any]]] = defaultdict(deque)
        self._reading = asyncio.Lock()

    async def send(self, kind: str, **rest: object) -> None:
        await self.send_raw(json.dumps({"type": kind, **rest}))

    async def send_raw(self, frame: str | bytes) -> None:
        await self._connection.send(frame)

    async def receive(self) -> dict[str, Any]:
        """Give the next message, whatever it belongs to."""
        async with asyncio.timeout(PATIENCE):
            message: dict[str, Any] = json.loads(await self._connection.recv())
        return message

    async def receive_of(self, operation: str) -> dict[str, Any]:
        """Give the next message of an operation."""
        received = self._received[operation]
        while not received:
            async with self._reading:
                if not received:
                    await self._take(await self.receive())
        return received.popleft()

    async def _take(self, message: dict[str, Any]) -> None:
        """Keep a message for its operation, and say that one lives."""
        if message["type"] == "ping":
            await self.send("pong")
        else:
            self._received[message["id"]].append(message)

    async def closed(self) -> tuple[int, str]:
        """Wait until the server closes the connection; tell its code and reason."""
        with suppress(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self._connection.recv()
        return self._connection.close_code or 0, self._connection.close_reason or ""

    def break_off(self) -> None:
        """Vanish without a goodbye."""
        self._connection.transport.abort()

    async def complete(self, operation: "Operation") -> None:
        """Want no more of an operation."""
        await self.send("complete", id=operation.id)

    async def begin(self, document: str, **variables: object) -> "Operation":
        operation = Operation(self, next(self._ids))
        payload = {"query": document, "variables": variables}
        await self.send("subscribe", id=operation.id, payload=payload)
        return operation

    async def ask(self, document: str, **variables: object) -> dict[str, Any]:
        """Carry out a query or mutation."""
        operation = await self.begin(document, **variables)
        [data] = [each async for each in operation]
        return data


class Operation(AsyncIterator[dict[str, Any]]):
    """The results of an operation, to the end."""

    def __init__(self, socket: Socket, name: str) -> None:
        self.id = name
        self._socket = socket

    async def __anext__(self) -> dict[str, Any]:
        message = await self._socket.receive_of(self.id)
        match message:
            case {"type": "next", "payload": {"errors": errors}}:
                raise RefusedError(errors)
            case {"type": "next", "payload": {"data": dict(data)}}:
                return data
            case {"type": "error", "payload": errors}:
                raise RefusedError(errors)
            case {"type": "complete"}:
                raise StopAsyncIteration
            case _:
                raise AssertionError(message)


@asynccontextmanager
async def connected(url: str, protocol: str = PROTOCOL) -> AsyncGenerator[Socket]:
    """Connect, and say nothing yet."""
    async with connect(url, subprotocols=[Subprotocol(protocol)], compression=None) as connection:
        yield Socket(connection)


@asynccontextmanager
async def introduced(url: str, authorization: str | None) -> AsyncGenerator[Socket]:
    """Connect and be acknowledged.

    Raises:
        ConnectionClosed: if the server closes the connection instead.
    """
    async with connected(url) as socket:
        payload = {} if authorization is None else {"authorization": authorization}
        await socket.send("connection_init", payload=payload)
        assert await socket.receive() == {"type": "connection_ack"}
        yield socket
