"""What one connection may cost before a request of it is whole: bytes, frames and time."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, cast

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State

from xogql.api import quick_frames
from xogql.api.departures import Departures, departures_of
from xogql.api.quick_frames import is_between_messages
from xogql.api.wires import Reader

LONGEST_HEAD = 65_536
"""Bytes of a request that are not its body: the address, the headers, the marks of chunks."""

SLOWEST_REQUEST = 30.0
"""How long a client may take to send a whole request, in seconds."""

MOST_FRAMES = 1_000
"""Frames that are no whole message, between two messages on a socket."""

MOST_UNSENT = 16
"""Messages that wait for others to be sent with: whether a client reads is known once they are."""

LINGER = 5.0
"""How long what a client has not read is kept after its socket was closed, in seconds."""

DIRECT = "xogql.direct"
"""The extension of ASGI by which an application finds the Wire behind its socket."""

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
    """A Wire without ASGI between: messages come in by a call and go out by another.

    An application finds it in its scope, as the extension DIRECT; once it has accepted the socket
    it may have a reader served, and has no more to do.

    Drops a client that does not read, or sends frames without end that are no message: uvicorn
    would wait for the one for ever, and keep an answer to each of the other's pings.
    """

    _beside = 0
    _reader: Reader | None = None
    _unsent: Sequence[bytes] = ()
    _departures: Departures

    def handle_connect(self, event: Request) -> None:
        """See uvicorn."""
        super().handle_connect(event)
        if not self.close_sent:
            self._departures = departures_of(self.loop)
            cast("dict[str, object]", self.scope["extensions"])[DIRECT] = self

    async def run_asgi(self) -> None:
        """See uvicorn."""
        await super().run_asgi()
        if self._reader is None:
            self._drop_later()
            return
        if not self.close_sent:
            self.close_timer = None
        self._forget_handshake()

    async def serve(self, reader: Reader) -> None:
        """See Wire."""
        self._reader = reader
        # Without a timer uvicorn would close the socket when the application returns.
        self.close_timer = self.loop.call_later(0, _nothing)
        while not self.queue.empty():
            message = cast("dict[str, Any]", await self.receive())
            if message["type"] == "websocket.receive":
                reader.take(message.get("text"))
            else:
                self._leave()

    def write(self, *texts: bytes) -> None:
        """See Wire: what is written in one turn of the loop is sent by one call of the system."""
        if not self._unsent:
            if self.close_sent or self.transport.is_closing():
                return
            self._departures.put(self._send, self.loop)
        self._unsent = (*self._unsent, *texts)
        if len(self._unsent) >= MOST_UNSENT:
            self._send()

    def close(self, code: int, reason: str) -> None:
        """See Wire."""
        self._send()
        if not self.close_sent and self.conn.state is State.OPEN:
            self.conn.send_close(code, reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
            self.close_timer = self.loop.call_later(LINGER, self.transport.abort)
            self.transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol: what is one whole message, as most is, needs no parser."""
        text = None
        if self._reader is not None and is_between_messages(self.conn):
            text = quick_frames.read(data, self.config.ws_max_size)
        if self._reader is None or text is None:
            super().data_received(data)
        else:
            self._beside = 0
            self._reader.take(text)

    async def send(self, message: ASGISendEvent) -> None:
        """See uvicorn, which closes by itself what sends no frames: answers may be on their way."""
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)

    def pause_writing(self) -> None:
        """See asyncio.Protocol: who does not take what is answered is asked no more."""
        super().pause_writing()
        if self._reader is not None:
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        """See asyncio.Protocol."""
        super().resume_writing()
        if self._reader is not None:
            self.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        super().connection_lost(exc)
        self._leave(cut=self.conn.close_rcvd is None and not self.close_sent)

    def shutdown(self) -> None:
        """See uvicorn."""
        self._send()
        super().shutdown()
        self._leave()

    def handle_close(self, event: Frame) -> None:
        """See uvicorn."""
        self._send()
        super().handle_close(event)
        self._leave()

    def handle_parser_exception(self) -> None:
        """See uvicorn."""
        self._send()
        super().handle_parser_exception()
        self._leave()

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
        if self._reader is None or self.close_sent:
            super().send_receive_event_to_app()
        elif self.curr_msg_data_type != "text":
            self._reader.take(None)
        elif (text := _decoded(self.frames)) is not None:
            self._reader.take(text)
        else:
            super().send_receive_event_to_app()  # fails alike, and closes

    def _may_go_on(self, code: int) -> bool:
        """Count a frame that is no message; at one too many, close the socket."""
        self._beside += 1
        if self._beside == MOST_FRAMES:
            self.conn.fail(code, "Too many frames")
            self.handle_parser_exception()
        return self._beside < MOST_FRAMES

    def _send(self) -> None:
        """Send what was written and is not sent yet."""
        unsent, self._unsent = self._unsent, ()
        if unsent and not self.close_sent and not self.transport.is_closing():
            self.transport.write(b"".join(map(quick_frames.written, unsent)))

    def _leave(self, *, cut: bool = False) -> None:
        """Let go of the reader; what the client has not read by now it may still read."""
        if self._reader is not None:
            reader, self._reader = self._reader, None
            reader.lost(cut=cut)
            self._drop_later()

    def _forget_handshake(self) -> None:
        """Let go of what only the application needed: an idle socket has a long life."""
        self.queue = _NOWHERE
        del self.scope, self.request, self.response

    def _drop_later(self) -> None:
        self.loop.call_later(LINGER, self.transport.abort)


def _decoded(parts: Sequence[bytes]) -> str | None:
    try:
        return b"".join(parts).decode()
    except UnicodeDecodeError:
        return None


class _Nowhere(asyncio.Queue[Any]):
    """Keeps nothing of what uvicorn tells an application that has ended."""

    def put_nowait(self, item: Any) -> None:  # noqa: ANN401 - see asyncio.Queue
        """See asyncio.Queue."""


_NOWHERE = _Nowhere()


def _nothing() -> None:
    pass
