"""A connection costs little before a request of it is whole, however it is abused."""

import asyncio
import base64
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from websockets import ConnectionClosed
from websockets.frames import Frame, Opcode

from tests.e2e.clients import Client
from tests.e2e.servers import PATIENCE, Server, ServerProcess
from tests.e2e.sockets import connected, introduced
from tests.wire.in_process import in_process
from xogql.api import connections

HANDSHAKE = (
    b"GET /graphql HTTP/1.1\r\nHost: there\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"
    b"Sec-WebSocket-Key: " + base64.b64encode(bytes(16)) + b"\r\n\r\n"
)
START = b"POST /graphql HTTP/1.1\r\nHost: there\r\n"
CHUNKED = START + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "headers": (START, b"X-More: " + b"a" * 1000 + b"\r\n"),
    "one header": (START + b"X-More: ", b"a" * 1000),
    "the address": (b"GET /graphql?query=", b"a" * 1000),
    "trailers": (CHUNKED + b"0\r\n", b"X-More: " + b"a" * 1000 + b"\r\n"),
    "the marks of chunks": (CHUNKED, b"1;" + b"a" * 1000 + b"\r\n \r\n"),
}
PING = Frame(Opcode.PING, b"a" * 125).serialize(mask=True)
NOTHING = Frame(Opcode.CONT, b"", fin=False).serialize(mask=True)


@asynccontextmanager
async def raw(server: Server) -> AsyncGenerator[tuple[StreamReader, StreamWriter]]:
    """A connection by which any bytes are sent; what the server sends waits unread."""
    place = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1024)
    try:
        async with asyncio.timeout(PATIENCE):
            yield reader, writer
    finally:
        writer.transport.abort()


async def sent_until_refused(writer: StreamWriter, piece: bytes, most: int) -> int:
    """Send as long as the server takes it; give how much it took, *most* at most."""
    sent = 0
    try:
        while sent < most:
            writer.write(piece)
            sent += len(piece)
            await writer.drain()
    except ConnectionError:
        pass
    return sent


async def until_dropped(reader: StreamReader) -> bytes:
    """Give what was said before the connection ended."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


@pytest.mark.parametrize("name", ENDLESS)
async def test_a_request_without_end_is_refused(server: Server, name: str) -> None:
    start, piece = ENDLESS[name]
    async with raw(server) as (_, writer):
        writer.write(start)
        sent = await sent_until_refused(writer, piece * 16, most=50_000_000)

    assert sent < 50_000_000


async def test_who_sends_too_long_a_head_is_told_so(server: Server) -> None:
    async with raw(server) as (reader, writer):
        writer.write(START + b"X-More: " + b"a" * connections.LONGEST_HEAD)
        status = await reader.readline()

    assert status == b"HTTP/1.1 431 Request Header Fields Too Large\r\n"


async def test_a_long_head_and_a_long_body_are_read(server: Server) -> None:
    headers = {"x-more": "a" * 60_000, "content-type": "application/json"}
    body = b'{"query": "{ __typename }"' + b" " * 90_000 + b"}"

    response = await server.http.post("/graphql", content=body, headers=headers)

    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "start",
    [b"", START, CHUNKED, CHUNKED + b"5\r\n{"],
    ids=["nothing", "a head", "no body", "a part"],
)
async def test_who_does_not_finish_a_request_is_dropped(
    monkeypatch: pytest.MonkeyPatch, database_url: str, start: bytes
) -> None:
    monkeypatch.setattr(connections, "SLOWEST_REQUEST", 0.2)
    async with in_process(database_url) as server, raw(server) as (reader, writer):
        writer.write(start)
        assert await until_dropped(reader) == b""


async def test_who_does_not_finish_a_second_request_is_dropped(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(connections, "SLOWEST_REQUEST", 0.2)
    async with in_process(database_url) as server, raw(server) as (reader, writer):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: there\r\n\r\n")
        await reader.readuntil(b'{"status":"ok"}')
        writer.write(START)
        assert await until_dropped(reader) == b""


async def test_who_has_sent_a_request_may_wait(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(connections, "SLOWEST_REQUEST", 0.2)
    async with (
        in_process(database_url) as server,
        introduced(server.socket_url, None) as socket,
        raw(server) as (later, _),
    ):
        assert await until_dropped(later) == b""
        assert await socket.ask("{ __typename }") == {"__typename": "Query"}


async def test_who_reads_no_answer_to_pings_is_dropped(server: Server) -> None:
    async with raw(server) as (reader, writer):
        writer.write(HANDSHAKE)
        await reader.readuntil(b"\r\n\r\n")
        sent = await sent_until_refused(writer, PING * 500, most=500_000_000)

    assert sent < 500_000_000


async def test_a_message_in_endless_fragments_closes_the_socket(server: Server) -> None:
    async with connected(server.socket_url) as socket:
        connection = socket._connection
        connection.transport.write(Frame(Opcode.TEXT, b"{", fin=False).serialize(mask=True))
        connection.transport.write(NOTHING * (2 * connections.MOST_FRAMES))
        code, _ = await socket.closed()

    assert code == 1009


async def test_frames_beside_messages_are_counted_anew_after_each(server: Server) -> None:
    async with introduced(server.socket_url, None) as socket:
        for _ in range(3):
            socket._connection.transport.write(PING * (connections.MOST_FRAMES - 100))
            assert await socket.ask("{ __typename }") == {"__typename": "Query"}


async def test_what_came_before_what_is_no_text_leaves_nothing_in_the_log(
    server: ServerProcess,
) -> None:
    ping = Frame(Opcode.TEXT, b'{"type":"ping"}').serialize(mask=True)
    for broken in (Frame(Opcode.TEXT, b"\xff").serialize(mask=True), b"\xff\xff", NOTHING):
        async with connected(server.socket_url) as socket:
            socket._connection.transport.write(ping * 5 + broken)
            await socket.closed()

    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize(
    "handshake", [HANDSHAKE, HANDSHAKE.replace(b"transport-ws", b"ws")], ids=len
)
async def test_who_is_gone_at_once_leaves_nothing_in_the_log(
    server: ServerProcess, handshake: bytes
) -> None:
    for _ in range(20):
        async with raw(server) as (_, writer):
            writer.write(handshake)
            await writer.drain()
    async with introduced(server.socket_url, None) as socket:
        assert await socket.ask("{ __typename }") == {"__typename": "Query"}

    assert "Traceback" not in server.log.read_text()


async def test_what_is_no_text_leaves_one_line_in_the_log(server: ServerProcess) -> None:
    async with connected(server.socket_url) as socket:
        socket._connection.transport.write(Frame(Opcode.TEXT, b"\xff").serialize(mask=True))
        with pytest.raises(ConnectionClosed):
            await socket.receive()
        assert socket._connection.close_code == 1007

    assert "Traceback" not in server.log.read_text()
    assert (await Client(server).ask("{ __typename }")) == {"__typename": "Query"}
