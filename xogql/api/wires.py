"""What a socket is to who talks over it: texts come in, texts go out, and it may end."""

import asyncio
from collections import deque
from contextlib import suppress
from functools import partial
from typing import Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from xogql.live.jobs import running

WITHOUT_GOODBYE = 1006
"""What a socket is said to be closed with that only broke (RFC 6455, 7.1.5)."""


class Reader(Protocol):
    """Whoever is called with what comes in. Neither call waits or raises."""

    def take(self, text: str | None) -> None:
        """Take a message; None: it was no text."""
        ...

    def lost(self, *, cut: bool) -> None:
        """Hear that the client is gone, perhaps more than once; *cut*: without a goodbye."""
        ...


class Wire(Protocol):
    """One open socket. It takes what it is given at once: who has more to say waits in between.

    It reads no more while the client does not take what was written.

    *writable*: set while the client takes it. *tasks*: what the server waits for before it stops.
    """

    @property
    def writable(self) -> asyncio.Event: ...  # noqa: D102 - see above

    @property
    def tasks(self) -> set[asyncio.Task[None]]: ...  # noqa: D102 - see above

    async def serve(self, reader: Reader) -> None:
        """Have a reader called from now on."""
        ...

    def write(self, *texts: bytes) -> None:
        """Send messages, each of them UTF-8; nothing happens once the socket is closed."""
        ...

    def close(self, code: int, reason: str) -> None:
        """Say why, and close."""
        ...


class AsgiWire:
    """A socket of any ASGI server. *leaving*: in so many seconds a client must hear why it ends."""

    def __init__(self, websocket: WebSocket, leaving: float) -> None:
        self.writable = asyncio.Event()
        self.writable.set()
        self.tasks: set[asyncio.Task[None]] = set()
        self._websocket = websocket
        self._leaving = leaving
        self._texts: deque[bytes] = deque()
        self._some = asyncio.Event()
        self._over = asyncio.Event()
        self._farewell: tuple[int, str] | None = None
        self._is_cut = False

    async def serve(self, reader: Reader) -> None:
        """See Wire; returns when the socket has ended and all of its tasks are done."""
        try:
            async with running(self._write_on, partial(self._read_on, reader)):
                await self._over.wait()
        finally:
            reader.lost(cut=self._is_cut)
        if self._farewell is not None:
            with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
                async with asyncio.timeout(self._leaving):
                    await self._flush()
                    await self._websocket.close(*self._farewell)
        while self.tasks:
            await asyncio.wait(self.tasks)

    def write(self, *texts: bytes) -> None:
        """See Wire."""
        if not self._over.is_set():
            self._texts.extend(texts)
            self.writable.clear()
            self._some.set()

    def close(self, code: int, reason: str) -> None:
        """See Wire."""
        if not self._over.is_set():
            self._farewell = code, reason
            self._over.set()

    async def _read_on(self, reader: Reader) -> None:
        while (message := await self._websocket.receive())["type"] == "websocket.receive":
            reader.take(message.get("text"))
            await self.writable.wait()
        self._is_cut = message.get("code") == WITHOUT_GOODBYE
        self._over.set()

    async def _write_on(self) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await self._some.wait()
                self._some.clear()
                await self._flush()
                self.writable.set()
        self._over.set()

    async def _flush(self) -> None:
        while self._texts:
            await self._websocket.send_text(self._texts[0].decode())
            self._texts.popleft()
