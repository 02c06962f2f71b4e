"""What one connection may cost before a request of it is whole: bytes, frames and time."""

import asyncio
from http import HTTPStatus
from typing import cast

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

LONGEST_HEAD = 65_536
"""Bytes of a request that are not its body: the address, the headers, the marks of chunks."""

SLOWEST_REQUEST = 30.0
"""How long a client may take to send a whole request, in seconds."""

MOST_FRAMES = 1_000
"""Frames that are no whole message, between two messages on a socket."""

LINGER = 5.0
"""How long what a client has not read is kept after its socket was closed, in seconds."""

_WITHOUT_GOODBYE = 1006
_MESSAGE_TOO_BIG = 1009
_TRY_AGAIN_LATER = 1013


class HttpConnection(HttpToolsProtocol):
    """Gives up a request that is too long or too slow in coming: uvicorn would take all of it."""

    _unread = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        super().connection_made(cast("asyncio.Transport", transport))
        self._set_deadline()

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._unread += len(data)
        self._set_deadline()
        super().data_received(data)
        if self._unread > LONGEST_HEAD and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_body(self, body: bytes) -> None:
        """See httptools."""
        self._unread -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """See httptools."""
        self._unread = 0
        self._forget_deadline()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        self._forget_deadline()
        super().connection_lost(exc)

    def _refuse(self, status: HTTPStatus) -> None:
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\nconnection: close\r\n"
        self.transport.write(f"{head}content-length: 0\r\n\r\n".encode())
        self.transport.close()

    def _set_deadline(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(SLOWEST_REQUEST, self.transport.abort)

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class SocketConnection(WebSocketsSansIOProtocol):
    """Drops a client that does not read, or sends frames without end that are no message.

    uvicorn would wait for the one for ever, and keep an answer to each of the other's pings.
    """

    _beside = 0

    async def run_asgi(self) -> None:
        """See uvicorn."""
        try:
            await super().run_asgi()
        finally:
            self.loop.call_later(LINGER, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol: uvicorn takes it for a goodbye without a code if it only broke."""
        if self.conn.close_rcvd is None and not self.close_sent:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": _WITHOUT_GOODBYE})
        super().connection_lost(exc)

    async def send(self, message: ASGISendEvent) -> None:
        """See uvicorn, which closes by itself what sends no frames: answers may be on their way."""
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)

    def handle_ping(self) -> None:
        """See uvicorn."""
        if not self.writable.is_set():
            self.transport.abort()
        elif self._may_go_on(_TRY_AGAIN_LATER):
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """See uvicorn."""
        if self._may_go_on(_TRY_AGAIN_LATER):
            super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        """See uvicorn."""
        if self._may_go_on(_MESSAGE_TOO_BIG):
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        """See uvicorn."""
        self._beside = 0
        super().send_receive_event_to_app()

    def _may_go_on(self, code: int) -> bool:
        """Count a frame that is no message; at one too many, close the socket."""
        self._beside += 1
        if self._beside == MOST_FRAMES:
            self.conn.fail(code, "Too many frames")
            self.handle_parser_exception()
        return self._beside < MOST_FRAMES
