"""The demonstration's socket, with servers that keep the protocol and servers that do not."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from xogql.demo import obstacle
from xogql.demo.documents import ME
from xogql.demo.obstacle import NotReachedError, RefusedError, UnexpectedError
from xogql.demo.socket_client import SocketClient, socket_to
from xogql.demo.transcript import Transcript

ACKNOWLEDGED = '{"type": "connection_ack"}'
REFUSAL = {"message": "Sign in first.", "extensions": {"code": "UNAUTHENTICATED"}}


@asynccontextmanager
async def connected(*answers: str, close: int | None = None) -> AsyncGenerator[SocketClient]:
    """A socket to a server that says *answers* in turn, whatever it hears, and may *close* it."""

    async def answer(connection: ServerConnection) -> None:
        for each in answers:
            await connection.send(each)
        if close is not None:
            await connection.close(close, "TOKEN_EXPIRED")
        await connection.wait_closed()

    protocols = [Subprotocol("graphql-transport-ws")]
    async with serve(answer, "127.0.0.1", 0, subprotocols=protocols) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with socket_to(f"http://127.0.0.1:{port}", "Ann", Transcript()) as client:
            yield client


async def test_a_ping_is_answered_and_not_told() -> None:
    async with connected('{"type": "ping"}', ACKNOWLEDGED) as client:
        await client.introduce("Intra …")


async def test_messages_of_other_operations_are_kept() -> None:
    names = ["2", "1"]
    told = [
        json.dumps({"type": "next", "id": name, "payload": {"data": {"me": {"__typename": name}}}})
        for name in names
    ]
    async with connected(*told) as client:
        for name in ("1", "2"):
            assert await client.next(name, ME, "SOCKET") == {"__typename": name}


async def test_an_operation_is_refused() -> None:
    error = json.dumps({"type": "error", "id": "1", "payload": [REFUSAL]})

    async with connected(error) as client:
        with pytest.raises(RefusedError, match=r"^Ann's me was refused \(UNAUTHENTICATED\): Sign"):
            await client.ask(ME, {})


async def test_the_server_closes() -> None:
    async with connected(close=4403) as client:
        with pytest.raises(NotReachedError, match=r"Ann's socket .* 4403 .* TOKEN_EXPIRED"):
            await client.introduce("Intra …")


async def test_the_server_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with connected() as client:
        monkeypatch.setattr(obstacle, "PATIENCE", 0.05)
        with pytest.raises(NotReachedError, match=r"nothing was heard for 0\.05 seconds"):
            await client.introduce("Intra …")


@pytest.mark.parametrize("nonsense", ["<html>", "[]", '{"type": 1}', '{"type": "complete"}'])
async def test_the_server_talks_nonsense(nonsense: str) -> None:
    async with connected(nonsense) as client:
        with pytest.raises(UnexpectedError, match=r"^Ann expected "):
            await client.introduce("Intra …")
