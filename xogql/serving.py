"""Serves the game with uvicorn, in one process or several."""

import socket
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import uvicorn
from uvicorn import _subprocess
from uvicorn.supervisors import Multiprocess

from xogql.api.connections import HttpConnection, SocketConnection
from xogql.preloading import workers_context
from xogql.settings import Settings

STARTUP = 30
"""How long a worker process may take to be ready, in seconds."""

DRAIN = 10
"""How long a stopping server waits for what it is doing, in seconds."""

_PAUSE = 0.01


@dataclass(frozen=True)
class Application:
    """Makes the server of one process: uvicorn's factory in each."""

    settings: Settings

    def __call__(self) -> Any:  # noqa: ANN401 - a FastAPI, which is not imported for its name
        """See uvicorn.Config."""
        return import_module("xogql.worker").application(self.settings)


def serve(settings: Settings) -> None:
    """Serve until told to stop; prints where to go once requests are taken."""
    config = _config(settings)
    bound = config.bind_socket()
    if settings.processes == 1:
        _Server(config).run(sockets=[bound])
    else:
        vars(_subprocess)["spawn"] = workers_context()  # uvicorn has no setting for it
        _Workers(config, sockets=[bound]).run()


def greeting(bound: socket.socket) -> str:
    """Tell a person where to go."""
    host, port = bound.getsockname()[:2]
    place = f"[{host}]" if ":" in host else host
    url = f"http://{'127.0.0.1' if place in ('0.0.0.0', '[::]') else place}:{port}"  # noqa: S104
    return f"xogql serves at {url}\nGraphiQL: {url}/graphql\nTo stop it: Ctrl-C"


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        Application(settings),
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.processes,
        http=HttpConnection,
        ws=SocketConnection,
        ws_max_size=settings.longest_frame,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # uvicorn gives up with 1011, after which clients never come back
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=DRAIN,
        server_header=False,
        log_config=None,
    )


class _Server(uvicorn.Server):
    """Tells where to go once it is ready."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn.Server."""
        await super().startup(sockets)
        if sockets and self.started:
            print(greeting(sockets[0]), flush=True)  # noqa: T201 - what the command is for


class _Workers(Multiprocess):
    """Tells where to go once every worker process is ready."""

    def init_processes(self) -> None:
        """See uvicorn.supervisors.Multiprocess."""
        super().init_processes()
        if self._are_ready():
            print(greeting(self.sockets[0]), flush=True)  # noqa: T201 - what the command is for

    def _are_ready(self) -> bool:
        """Wait for it; uvicorn's own waiting takes a tenth of a second more for each."""
        deadline, waiting = time.monotonic() + STARTUP, list(self.processes)
        while waiting and time.monotonic() < deadline and not self.should_exit.is_set():
            if not all(each.process.is_alive() for each in waiting):
                return False
            waiting = [each for each in waiting if not each.is_ready(timeout=1)]
            time.sleep(_PAUSE)
        return not waiting
