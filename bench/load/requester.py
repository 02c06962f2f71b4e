"""A client's HTTP connection: one request under way, kept alive."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from bench.load.documents import request, text
from bench.load.writer import Writer

HEAD = (
    "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "{authorization}Content-Length: {length}\r\n\r\n"
)
LENGTH = b"content-length:"


class RequestFailedError(Exception):
    """A request was not answered as it should be."""


class Requester(asyncio.Protocol):
    """A connection that posts GraphQL."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answered: Callable[[dict[str, Any]], None] | None = None
        self.is_open = False

    @classmethod
    async def open(cls, port: int) -> "Requester":
        """Connect."""
        _, requester = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return requester

    def send(self, written: bytes, answered: Callable[[dict[str, Any]], None]) -> None:
        """Send a request that is written already; its answer goes to *answered*."""
        if self._answered or not self.is_open:
            raise RequestFailedError(written)
        self._answered = answered
        self._transport.write(written)

    async def ask(
        self, query: str, variables: dict[str, Any], authorization: str = ""
    ) -> dict[str, Any]:
        """Ask and wait for the data of the one field that is asked for."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.send(written(request(query, variables), authorization), answer.set_result)
        result = await answer
        value: dict[str, Any] | None = next(iter((result.get("data") or {}).values()), None)
        if not value or "code" in value:
            raise RequestFailedError(result)
        return value

    def close(self) -> None:
        """Leave."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        assert isinstance(transport, Writer)
        self._transport = transport
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        self._buffer = b""
        answered, self._answered = self._answered, None
        if answered is None or not head.startswith(b"HTTP/1.1 200"):
            raise RequestFailedError(head, body)
        answered(json.loads(body))

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol. A server may close what nobody uses."""
        self.is_open = False
        if self._answered:
            asyncio.get_running_loop().call_exception_handler(
                {"message": "lost", "exception": exc or RequestFailedError("connection lost")}
            )


def written(payload: dict[str, Any], authorization: str = "") -> bytes:
    """Write a request."""
    body = text(payload)
    who = f"Authorization: {authorization}\r\n" if authorization else ""
    return HEAD.format(authorization=who, length=len(body)).encode() + body


def _length(head: bytes) -> int:
    start = head.lower().index(LENGTH) + len(LENGTH)
    return int(head[start:].split(b"\r\n", 1)[0])
