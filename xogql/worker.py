"""A process that serves: it alone imports the whole server."""

import asyncio
import gc
import multiprocessing
import os
import signal

from fastapi import FastAPI

from xogql.app import build
from xogql.settings import Settings
from xogql.telemetry import configure

YOUNG = 20_000
"""So many objects more than before make Python look for garbage in cycles: with its own 700, a
fifth of the time would go there."""


def application(settings: Settings) -> FastAPI:
    """Make the server of this process, which may be one of several."""
    configure(level=settings.log_level, as_json=settings.production)
    _end_with_parent()
    app = build(settings)
    _settle()
    return app


def _settle() -> None:
    """Take what is there by now, code above all, out of the search for garbage."""
    gc.freeze()
    gc.set_threshold(YOUNG)


def _end_with_parent() -> None:
    """Stop when the parent is gone, however it went: a worker alone would keep the port."""
    if (parent := multiprocessing.parent_process()) is not None:
        asyncio.get_running_loop().add_reader(parent.sentinel, os.kill, os.getpid(), signal.SIGTERM)
