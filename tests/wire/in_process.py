"""A server in the test's own process, as `xogql serve` runs it, whose insides can be seen."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

import uvicorn
from fastapi import FastAPI

from tests.e2e.servers import SECRET
from xogql import serving
from xogql.api.sockets import Patience
from xogql.app import Parts, build
from xogql.settings import Settings

SMALL = 4096
"""Bytes a socket keeps of what is not read: what is more comes to the sender's notice."""


@dataclass(frozen=True)
class InProcess:
    url: str
    app: FastAPI
    server: uvicorn.Server

    @property
    def http_url(self) -> str:
        return f"http{self.url.removeprefix('ws')}"

    @property
    def parts(self) -> Parts:
        parts: Parts = self.app.state.parts
        return parts

    async def until_nobody_is_served(self) -> None:
        await asyncio.gather(*self.server.server_state.tasks)


@asynccontextmanager
async def in_process(
    database_url: str, patience: Patience | None = None
) -> AsyncGenerator[InProcess]:
    """Serve for the block; *patience* with clients is the usual one, if none is given."""
    settings = Settings(
        database_url=database_url, secret=SECRET, sign_ups_per_address="100000/0.001"
    )
    config = serving._config(settings)
    config.app, config.factory = app, _ = build(settings), False
    server = _Quiet(config)
    # Of a socket that names no protocol asyncio does not know that TCP_NODELAY is for it.
    with socket.socket(proto=socket.IPPROTO_TCP) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
        bound.bind(("127.0.0.1", 0))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve([bound]))
            await server.ready.wait()
            if patience is not None:
                sockets = replace(app.state.parts.sockets, patience=patience)
                app.state.parts = replace(app.state.parts, sockets=sockets)
            yield InProcess(f"ws://127.0.0.1:{bound.getsockname()[1]}/graphql", app, server)
            server.should_exit = True


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
