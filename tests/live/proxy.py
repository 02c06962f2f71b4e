"""A way to Postgres over TCP that can be closed, opened, or go silent."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url


class Proxy:
    """Closed at first: its port refuses connections until `open`."""

    def __init__(self, url: str) -> None:
        self._target = make_url(url)
        self._port = int(str(self._target.query.get("port", self._target.port or 5432)))
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._server: asyncio.Server | None = None
        self._ways: set[asyncio.Task[None]] = set()
        self._gates: list[asyncio.Event] = []

    @property
    def url(self) -> str:
        host, port = self._socket.getsockname()
        there = self._target.set(host=host, port=port, query={})
        return there.render_as_string(hide_password=False)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, sock=self._socket)

    def silence(self) -> None:
        """Forward nothing more on the connections there are; new ones work."""
        silenced, self._gates = self._gates, []
        for gate in silenced:
            gate.clear()

    async def close(self) -> None:
        if self._server:
            self._server.close()
        self._socket.close()
        for way in self._ways:
            way.cancel()
        await asyncio.gather(*self._ways, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        way = asyncio.current_task()
        assert way is not None
        self._ways.add(way)
        way.add_done_callback(self._ways.discard)
        gate = asyncio.Event()
        gate.set()
        self._gates.append(gate)
        far_reader, far_writer = await self._connected()
        with suppress(asyncio.CancelledError):  # asyncio 3.11 takes it for an error
            async with asyncio.TaskGroup() as both:
                both.create_task(_forward(reader, far_writer, gate))
                both.create_task(_forward(far_reader, writer, gate))
        writer.close()
        far_writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if folder := self._target.query.get("host"):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{self._port}")
        return await asyncio.open_connection(self._target.host, self._port)


async def _forward(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event
) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            await gate.wait()
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def closed_proxy(url: str) -> AsyncGenerator[Proxy]:
    proxy = Proxy(url)
    try:
        yield proxy
    finally:
        await proxy.close()


@asynccontextmanager
async def open_proxy(url: str) -> AsyncGenerator[Proxy]:
    async with closed_proxy(url) as proxy:
        await proxy.open()
        yield proxy
