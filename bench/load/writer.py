"""What a client needs of a connection, whichever event loop made it."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Writer(Protocol):
    """Takes bytes for the other side."""

    def write(self, data: bytes) -> None:
        """Send them, sooner or later."""
        ...

    def close(self) -> None:
        """Send what is left, and leave."""
        ...
