"""How long a client on a socket is waited for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a client is waited for, in seconds, until each of these."""

    introduction: float = 3.0  # it is acknowledged, whatever that waits for
    reading: float = 5.0  # it takes a message that it is sent
    leaving: float = 1.0  # it takes the last one: why the socket is closed
    silence: float = 15.0  # it is asked whether it is still there
    pong: float = 10.0  # it says so


PATIENCE = Patience()
