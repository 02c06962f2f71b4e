"""WebSocket frames, client's side, with no more work than has to be."""

from collections.abc import Iterator
from enum import IntEnum

SHORT, LONG, LONGER = 125, 126, 127
MASKED = 0x80
MASK = bytes(4)
"""Nothing but zeros: the server unmasks as ever, and what is sent can be made beforehand."""


class Opcode(IntEnum):
    """A whole message of a kind: its first byte with the final bit."""

    TEXT = 0x81
    CLOSE = 0x88
    PING = 0x89
    PONG = 0x8A


def frame(payload: bytes, opcode: Opcode = Opcode.TEXT) -> bytes:
    """Wrap a message."""
    length = len(payload)
    if length <= SHORT:
        return bytes((opcode, MASKED | length)) + MASK + payload
    return bytes((opcode, MASKED | LONG)) + length.to_bytes(2) + MASK + payload


class Reader:
    """Takes what arrives and gives the frames that are whole: first byte and payload."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def frames(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Give the frames that *data* makes whole."""
        data, at = self._rest + data, 0
        while (place := _place(data, at)) is not None:
            start, end = place
            yield data[at], data[start:end]
            at = end
        self._rest = data[at:]


def _place(data: bytes, at: int) -> tuple[int, int] | None:
    """Find where the payload of the frame at *at* begins and ends, if it is there."""
    have, start = len(data), at + 2
    if have < start:
        return None
    length = data[at + 1]
    if length >= LONG:
        size = 2 if length == LONG else 8
        if have < start + size:
            return None
        length, start = int.from_bytes(data[start : start + size]), start + size
    return (start, start + length) if have >= start + length else None
