"""A way over TCP, to Postgres or to a server, that can be slow, go silent, or break."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from random import Random

from tests.live.proxy import Proxy


class Relay(Proxy):
    """*delay*: seconds by which each piece of an answer is late.

    *breaks*: if there are dice, each connection breaks after some bytes of its answers.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.delay = 0.0
        self.breaks: Random | None = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await super()._serve(reader, writer)
        except OSError:
            writer.transport.abort()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await super()._connected()
        return _Answers(self, reader), writer


LONGEST = 40_000
"""Bytes of answers after which a connection breaks at the latest."""


class _Answers(asyncio.StreamReader):
    """The far side's answers, as late and as short as the relay makes them."""

    def __init__(self, relay: Relay, reader: asyncio.StreamReader) -> None:
        super().__init__()
        self._relay = relay
        self._reader = reader
        self._left = relay.breaks.randrange(LONGEST) if relay.breaks else None

    async def read(self, n: int = -1) -> bytes:
        if self._left == 0:
            return b""
        data = await self._reader.read(n)
        if self._relay.delay:
            await asyncio.sleep(self._relay.delay)
        if self._left is None:
            return data
        kept, self._left = data[: self._left], max(0, self._left - len(data))
        return kept


@asynccontextmanager
async def relay_to(url: str) -> AsyncGenerator[Relay]:
    relay = Relay(url)
    await relay.open()
    try:
        yield relay
    finally:
        await relay.close()
