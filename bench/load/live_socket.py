"""A client's socket: graphql-transport-ws over raw frames."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from bench.load.documents import text
from bench.load.frames import Opcode, Reader, frame
from bench.load.writer import Writer

Message = dict[str, Any]
Handler = Callable[[Message], None]

HANDSHAKE = (
    "GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)
PONG = frame(text({"type": "pong"}))
NORMAL = (1000).to_bytes(2)


class SocketLostError(Exception):
    """The server closed a socket, or said what no server should."""


class LiveSocket(asyncio.Protocol):
    """A socket of one player; each operation's messages go to its handler.

    What goes wrong is raised where it is seen: the generator takes it from the loop and fails.
    """

    __slots__ = (
        "_authorization",
        "_closed",
        "_handlers",
        "_port",
        "_reader",
        "_transport",
        "ready",
    )

    def __init__(self, port: int, authorization: str) -> None:
        self._port = port
        self._authorization = authorization
        self._handlers: dict[str, Handler] = {}
        self._reader: Reader | None = None
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        self._closed: asyncio.Future[None] | None = None

    @classmethod
    async def open(cls, port: int, authorization: str) -> "LiveSocket":
        """Connect, introduce oneself and be acknowledged."""
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(
            lambda: cls(port, authorization), "127.0.0.1", port
        )
        await socket.ready
        return socket

    def send(self, framed: bytes) -> None:
        """Send a message that is framed already."""
        self._transport.write(framed)

    def handle(self, operation: str, handler: Handler) -> None:
        """Name who takes the messages of an operation, until it is complete."""
        self._handlers[operation] = handler

    async def close(self) -> None:
        """Leave, and wait until the server has let go."""
        self._closed = asyncio.get_running_loop().create_future()
        self._transport.write(frame(NORMAL, Opcode.CLOSE))
        await self._closed

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        assert isinstance(transport, Writer)
        self._transport = transport
        transport.write(HANDSHAKE.format(port=self._port).encode())

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        if self._reader is None:
            data = self._shake_hands(data)
        for first, payload in self._reader.frames(data) if self._reader else ():
            if first == Opcode.TEXT:
                self._take(json.loads(payload.decode()))
            elif first == Opcode.PING:
                self.send(frame(payload, Opcode.PONG))
            elif first == Opcode.CLOSE and self._closed is None:
                raise SocketLostError(int.from_bytes(payload[:2]), payload[2:])

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        if self._closed is None:
            asyncio.get_running_loop().call_exception_handler(
                {"message": "a socket was lost", "exception": exc or SocketLostError("lost")}
            )
        elif not self._closed.done():
            self._closed.set_result(None)

    def _shake_hands(self, data: bytes) -> bytes:
        """Take the answer to the handshake, which comes in one piece; give what follows."""
        head, end, rest = data.partition(b"\r\n\r\n")
        if not (end and head.startswith(b"HTTP/1.1 101")):
            raise SocketLostError(data)
        self._reader = Reader()
        introduction = {"type": "connection_init"}
        payload = {"payload": {"Authorization": self._authorization}}
        self.send(frame(text(introduction | payload)))
        return rest

    def _take(self, message: Message) -> None:
        match message["type"]:
            case "next":
                self._handlers[message["id"]](message["payload"])
            case "complete":
                self._handlers.pop(message["id"])
            case "ping":
                self.send(PONG)
            case "connection_ack":
                self.ready.set_result(None)
            case _:
                raise SocketLostError(message)
