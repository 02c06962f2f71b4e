"""A port that stays free for one server after another."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_port() -> Iterator[str]:
    """Keep a port for the block.

    It is bound and nobody listens: who binds with SO_REUSEADDR, as servers do, may have it, and
    Linux gives it to nobody who takes any free port, be it to listen or to connect from.
    """
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        yield str(keeper.getsockname()[1])
