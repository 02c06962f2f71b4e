"""A raw TCP client that speaks WebSocket and can stop reading."""

import asyncio
import json
import socket
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import State
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from tests.wire.connections import MODERN, Json
from tests.wire.in_process import LONGEST, SMALL


class Deaf:
    """Reads when it is told to, and no more."""

    def __init__(self, url: str, raw: socket.socket) -> None:
        self._raw = raw
        self._protocol = ClientProtocol(parse_uri(url), subprotocols=[Subprotocol(MODERN)])
        self._received: deque[str] = deque()

    async def shake_hands(self) -> None:
        self._protocol.send_request(self._protocol.connect())
        await self._flush()
        while self._protocol.state is not State.OPEN:
            await self._read()

    async def say(self, *messages: Json) -> None:
        for message in messages:
            self._protocol.send_text(json.dumps(message).encode())
        await self._flush()

    async def hear(self) -> Json:
        while not self._received:
            await self._read()
        return json.loads(self._received.popleft())

    async def hear_the_end(self) -> Close | None:
        """Read to the end; tell how the server closed, if it said so."""
        while self._protocol.close_rcvd is None and await self._read():
            pass
        return self._protocol.close_rcvd

    async def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._raw, b"".join(self._protocol.data_to_send()))

    async def _read(self) -> int:
        async with asyncio.timeout(LONGEST):
            data = await asyncio.get_running_loop().sock_recv(self._raw, SMALL)
        self._protocol.receive_data(data) if data else self._protocol.receive_eof()
        for event in self._protocol.events_received():
            if isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self._received.append(bytes(event.data).decode())
        return len(data)


@asynccontextmanager
async def deaf(url: str) -> AsyncGenerator[Deaf]:
    """Connect, with as little room as there may be for what is not read."""
    place = urlsplit(url)
    with socket.socket() as raw:
        raw.settimeout(0)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        await asyncio.get_running_loop().sock_connect(raw, (place.hostname, place.port))
        client = Deaf(url, raw)
        await client.shake_hands()
        yield client
