"""A process that serves: it alone imports the whole server."""

import asyncio
import multiprocessing
import os
import signal

from fastapi import FastAPI

from xogql.app import build
from xogql.settings import Settings
from xogql.telemetry import configure


def application(settings: Settings) -> FastAPI:
    """Make the server of this process, which may be one of several."""
    configure(level=settings.log_level, as_json=settings.production)
    _end_with_parent()
    return build(settings)


def _end_with_parent() -> None:
    """Stop when the parent is gone, however it went: a worker alone would keep the port."""
    if (parent := multiprocessing.parent_process()) is not None:
        asyncio.get_running_loop().add_reader(parent.sentinel, os.kill, os.getpid(), signal.SIGTERM)
