"""Servers in the test's own process, over real sockets: their settings can be out of reach."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial

import pytest
import uvicorn

from tests.e2e.servers import SECRET, Server, client_of
from xogql.app import build
from xogql.live.bell import Bell
from xogql.settings import Settings

HOUR = 3600.0


def without_a_backstop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the backstop so far away that what is heard was heard by the bell."""
    monkeypatch.setattr("xogql.app.Bell", partial(Bell, backstop=HOUR))


@asynccontextmanager
async def serving(database_url: str) -> AsyncGenerator[Server]:
    settings = Settings(
        database_url=database_url,
        secret=SECRET,
        sign_ups_per_address="100000/0.001",
        guests_per_address="100000/0.001",
        messages_per_socket="100000/0.001",
        moves_per_player="100000/0.001",
        operations_per_client="100000/0.001",
        pool_size=4,
    )
    config = uvicorn.Config(
        build(settings), ws="websockets-sansio", log_config=None, timeout_graceful_shutdown=5
    )
    server = _Quiet(config)
    # Of a socket that names no protocol asyncio does not know that TCP_NODELAY is for it.
    with socket.socket(proto=socket.IPPROTO_TCP) as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        # No task group: whatever becomes of the block, the server ends in its own way.
        served = asyncio.create_task(server.serve([bound]))
        try:
            await server.ready.wait()
            async with client_of(url) as http:
                yield Server(url, http)
        finally:
            server.should_exit = True
            await served


class _Quiet(uvicorn.Server):
    """Leaves the signals to pytest, and tells when it takes requests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
