"""Serves the game with uvicorn, in one process or several."""

import asyncio
import gc
import multiprocessing
import os
import signal
import socket

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from xogql.api.connections import HttpConnection, SocketConnection
from xogql.app import build
from xogql.settings import Settings
from xogql.telemetry import configure

STARTUP = 30
"""How long a worker process may take to be ready, in seconds."""

DRAIN = 10
"""How long a stopping server waits for what it is doing, in seconds."""


YOUNG = 20_000
"""So many objects more than before make Python look for garbage in cycles: with its own 700, a
fifth of the time would go there."""


def application() -> FastAPI:
    """Make the server that the environment describes: uvicorn's factory in every process."""
    settings = Settings()
    configure(level=settings.log_level, as_json=settings.production)
    _end_with_parent()
    app = build(settings)
    _settle()
    return app


def serve(settings: Settings) -> None:
    """Serve until told to stop; prints where to go once requests are taken.

    The worker processes read *settings* from the environment.
    """
    os.environ |= environment(settings)
    config = _config(settings)
    bound = config.bind_socket()
    if settings.workers == 1:
        _Server(config).run(sockets=[bound])
    else:
        _Workers(config, sockets=[bound]).run()


def environment(settings: Settings) -> dict[str, str]:
    """Write settings as the environment variables that they are read from."""
    values = settings.model_dump(mode="json", exclude_none=True)
    return {f"XOGQL_{name.upper()}": str(value) for name, value in values.items()}


def greeting(bound: socket.socket) -> str:
    """Tell a person where to go."""
    host, port = bound.getsockname()[:2]
    place = f"[{host}]" if ":" in host else host
    url = f"http://{'127.0.0.1' if place in ('0.0.0.0', '[::]') else place}:{port}"  # noqa: S104
    return f"xogql serves at {url}\nGraphiQL: {url}/graphql\nTo stop it: Ctrl-C"


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        "xogql.serving:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
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
        ready = [each.wait_until_ready(STARTUP, self.should_exit) for each in self.processes]
        if all(ready):
            print(greeting(self.sockets[0]), flush=True)  # noqa: T201 - what the command is for


def _settle() -> None:
    """Take what is there by now, code above all, out of the search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def _end_with_parent() -> None:
    """Stop when the parent is gone, however it went: a worker alone would keep the port."""
    if (parent := multiprocessing.parent_process()) is not None:
        asyncio.get_running_loop().add_reader(parent.sentinel, os.kill, os.getpid(), signal.SIGTERM)
