"""Imports the server while something else is waited for: the database, mostly.

One process imports in a thread; several are forked from a process that has imported it all, so that
they cost one import together and share that memory.
"""

import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import forkserver
from threading import Thread

EVERYTHING = "xogql.preloaded"
FORKS = sys.platform == "linux"
"""Elsewhere each process imports by itself: Python 3.14 chooses so, too."""


def start_forkserver() -> None:
    """Start the process that worker processes are forked from, where there can be one."""
    if FORKS:
        forkserver.set_forkserver_preload([EVERYTHING])
        forkserver.ensure_running()


def workers_context() -> multiprocessing.context.BaseContext:
    """Give what makes worker processes."""
    return multiprocessing.get_context("forkserver" if FORKS else "spawn")


@contextmanager
def importing() -> Iterator[None]:
    """Import in a thread during the block, which may import nothing itself."""
    thread = Thread(target=import_module, args=[EVERYTHING])
    thread.start()
    try:
        yield
    finally:
        thread.join()
