"""A server in the test's own process, as `xogql serve` runs it, whose insides can be seen."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

import uvicorn
from fastapi import FastAPI

from tests.e2e.servers import SECRET, Server, client_of
from tests.live.processes import until
from xogql import serving
from xogql.api.patience import Patience
from xogql.api.routes import Parts
from xogql.app import build
from xogql.settings import Settings

LONGEST = 20.0
"""Nothing takes so long, in seconds; only what hangs meets it."""

SMALL = 4096
"""Bytes that a socket keeps of what is not read: the sender soon notices."""

_AS_OFTEN_AS_THEY_LIKE = "100000/0.001"


@dataclass(frozen=True)
class InProcess(Server):
    app: FastAPI
    uvicorn: uvicorn.Server
    direct: bool

    @property
    def parts(self) -> Parts:
        parts: Parts = self.app.state.parts
        return parts

    def followed(self) -> Mapping[str, int]:
        """Give what is followed, by anybody."""
        return self.parts.sockets.services.feed._wakeups.followed()

    async def until_nothing_is_done(self) -> None:
        """Wait until sockets do nothing more but say why they are closed."""
        names = {task: getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()}
        ours = {"Operations._guarded", "Operations._operate"}
        work = [task for task in names if names[task] in ours]
        async with asyncio.timeout(LONGEST):
            await asyncio.gather(*work, return_exceptions=True)

    async def until_nobody_is_served(self) -> None:
        async with asyncio.timeout(LONGEST):
            if self.direct:  # uvicorn's own wait for who does not read, for ever
                await until(lambda: not self.uvicorn.server_state.connections)
            await asyncio.gather(*self.uvicorn.server_state.tasks)


@asynccontextmanager
async def in_process(
    database_url: str, patience: Patience | None = None, *, direct: bool = True
) -> AsyncGenerator[InProcess]:
    """Serve for the block; *patience* with clients is the usual one, if none is given.

    *direct*: by our own connections, or by uvicorn's, as another server of ASGI would.
    """
    app, config = _made(database_url)
    if not direct:
        config.ws = "websockets-sansio"
    server = _Quiet(config)
    # Of a socket that names no protocol asyncio does not know that TCP_NODELAY is for it.
    with socket.socket(proto=socket.IPPROTO_TCP) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        async with asyncio.TaskGroup() as tasks, client_of(url) as http:
            served = tasks.create_task(server.serve([bound]))
            await server.ready.wait()
            if patience is not None:
                sockets = replace(app.state.parts.sockets, patience=patience)
                app.state.parts = replace(app.state.parts, sockets=sockets)
            try:
                yield InProcess(url, http, app, server, direct)
            finally:
                server.should_exit = True
                await served


def _made(database_url: str) -> tuple[FastAPI, uvicorn.Config]:
    settings = Settings(
        database_url=database_url,
        secret=SECRET,
        sign_ups_per_address=_AS_OFTEN_AS_THEY_LIKE,
        operations_per_client=_AS_OFTEN_AS_THEY_LIKE,
        messages_per_socket=_AS_OFTEN_AS_THEY_LIKE,
    )
    app, config = build(settings), serving._config(settings)
    config.app, config.factory = app, False
    return app, config


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
