"""Frames of WebSocket (RFC 6455, 5.2), for what is usual: a whole text in one."""

from struct import Struct
from typing import Any

from websockets.server import ServerProtocol
from websockets.streams import StreamReader

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform that websockets has no wheel for
    from websockets.utils import apply_mask

_FINAL_TEXT, _MASKED = 0x81, 0x80
_TWO_BYTES, _EIGHT_BYTES = 126, 127
"""Of a length that takes so many bytes this stands in its place."""

_SHORT_HEAD, _HEAD, _LONG_HEAD = (Struct(each).pack for each in (">BB", ">BBH", ">BBQ"))

_WAITING = StreamReader.at_eof.__code__
"""What the parser does before a frame, and nowhere else."""


def written(text: bytes) -> bytes:
    r"""Write a text as a server's frame.

    >>> written(b"{}")
    b'\x81\x02{}'
    """
    length = len(text)
    if length < _TWO_BYTES:
        return _SHORT_HEAD(_FINAL_TEXT, length) + text
    if length < 1 << 16:
        return _HEAD(_FINAL_TEXT, _TWO_BYTES, length) + text
    return _LONG_HEAD(_FINAL_TEXT, _EIGHT_BYTES, length) + text


def read(data: bytes, most: int) -> str | None:
    r"""Read a client's text of at most so many bytes, if that and nothing else is what came.

    >>> read(b"\x81\x82\x00\x00\x00\x00{}", 100)
    '{}'
    """
    if len(data) < 6 or data[0] != _FINAL_TEXT or data[1] < _MASKED:  # noqa: PLR2004 - the header
        return None
    length, start = data[1] - _MASKED, 2
    if length == _TWO_BYTES:
        length, start = int.from_bytes(data[2:4]), 4
    if length > most or length == _EIGHT_BYTES or len(data) != start + 4 + length:
        return None
    try:
        return apply_mask(data[start + 4 :], data[start : start + 4]).decode()
    except UnicodeDecodeError:
        return None


def is_between_messages(protocol: ServerProtocol) -> bool:
    """Tell whether a parser waits for a message to begin, and for nothing of an earlier one."""
    parser: Any = protocol.parser
    while (inner := parser.gi_yieldfrom) is not None:
        parser = inner
    return protocol.current_size is None and parser.gi_code is _WAITING
