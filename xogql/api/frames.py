"""The messages of graphql-transport-ws, read strictly and written.

Protocol: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain
from math import isinf
from typing import Any, NamedTuple, TypeAlias

import orjson

from xogql.api.execution import Request
from xogql.auth.tokens import TokenInvalidError
from xogql.prepared import serialized

SUBPROTOCOL = "graphql-transport-ws"

DEEPEST = 100
"""How deep the JSON of a message may be nested: no more than is read on every Python."""

_LONGEST_REASON = 123
"""Bytes: a WebSocket's control frame takes no more (RFC 6455, 5.5)."""


class Close(IntEnum):
    """Why a socket is closed. Clients come back after the first two, 4403 and 4408."""

    SERVICE_RESTART = 1012
    TRY_AGAIN_LATER = 1013
    INVALID_MESSAGE = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_INITIALISATIONS = 4429
    INTERNAL_ERROR = 4500


class ClosingError(Exception):
    """The socket is to be closed."""

    def __init__(self, code: Close, reason: str) -> None:
        super().__init__(self.__doc__)
        self.code = code
        self.reason = reason.encode(errors="replace")[:_LONGEST_REASON].decode(errors="ignore")


Payload: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConnectionInit:
    """The client introduces itself."""

    payload: Payload


@dataclass(frozen=True, slots=True)
class Ping:
    """Either side asks whether the other lives."""

    payload: Payload | None


@dataclass(frozen=True, slots=True)
class Pong:
    """Either side lives."""

    payload: Payload | None


class Subscribe(NamedTuple):
    """The client begins an operation."""

    id: str
    request: Request


@dataclass(frozen=True, slots=True)
class Complete:
    """The client wants no more of an operation."""

    id: str


Frame: TypeAlias = ConnectionInit | Ping | Pong | Subscribe | Complete


_PARAMETERS: Sequence[tuple[str, type[object]]] = (
    ("query", str),
    ("operationName", str),
    ("variables", dict),
    ("extensions", dict),
    ("documentId", str),
)
_NAMES = [name for name, _ in _PARAMETERS]
"""GraphQL's request parameters, as Request has them."""


def read(text: str | None) -> Frame:
    """Read a message; None stands for one that was no text.

    Raises:
        ClosingError: 4400, if it is none of the protocol's.
    """
    if text is None:
        raise _invalid("binary")
    message = _parsed(text)
    match message.get("type") if isinstance(message, dict) else None:
        case "subscribe":
            return Subscribe(_id(message), request_of(_payload(message)))
        case "connection_init":
            return ConnectionInit(_payload(message) or {})
        case "ping":
            return Ping(_payload(message))
        case "pong":
            return Pong(_payload(message))
        case "complete":
            return Complete(_id(message))
        case _:
            raise _invalid("no message of the protocol")


def request_of(payload: Payload | None) -> Request:
    """Read GraphQL's request parameters.

    Raises:
        ClosingError: 4400, if one has the wrong type or no document is named.
    """
    if payload is None:
        raise _invalid("no payload")
    request = Request(*map(payload.get, _NAMES))
    for value, (name, kind) in zip(request, _PARAMETERS, strict=True):
        if value is not None and not isinstance(value, kind):
            raise _invalid(f"{name} of the wrong type")
    named = request.document_id is not None or "persistedQuery" in (request.extensions or {})
    if request.query is None and not named:
        raise _invalid("no query")
    return request


def authorization_in(*places: Payload) -> str | None:
    """Find who it is in the first place that says it, whatever the key's case.

    Raises:
        TokenInvalidError: if it is no text.
    """
    for name, value in chain.from_iterable(each.items() for each in places):
        if name.lower() == "authorization" and value is not None:
            if not isinstance(value, str):
                raise TokenInvalidError
            return value
    return None


def write(kind: str, **rest: object) -> bytes:
    """Write a message."""
    return serialized({"type": kind, **rest})


def write_next(name: str, payload: bytes) -> bytes:
    """Write a `next` of an operation, whose payload is JSON already."""
    return b'{"type":"next","id":%b,"payload":%b}' % (serialized(name), payload)


def write_answer(name: str, payload: bytes) -> tuple[bytes, bytes]:
    """Write the one `next` of an operation, and that it is over."""
    return write_next(name, payload), write_complete(name)


def write_complete(name: str) -> bytes:
    """Write that an operation is over."""
    return b'{"type":"complete","id":%b}' % serialized(name)


def _parsed(text: str) -> Any:  # noqa: ANN401 - JSON's
    encoded = text.encode(errors="surrogatepass")
    try:
        message = orjson.loads(encoded)
    except orjson.JSONDecodeError:
        message = _strictly_parsed(text)
    else:
        # `in` would raise an error and catch it before it looks.
        if encoded.translate(_DIGITS).find(_LONG_NUMBER) >= 0:
            message = _strictly_parsed(text)
    if encoded.count(b"[") + encoded.count(b"{") > DEEPEST and _is_deep(message):
        raise _invalid("nested too deeply")
    return message


def _strictly_parsed(text: str) -> Any:  # noqa: ANN401 - JSON's
    """Read what orjson does not read, or not exactly: half a surrogate pair, a large integer."""
    try:
        return _READER.decode(text)
    except (ValueError, RecursionError) as error:
        raise _invalid("not JSON") from error


def _no_json(word: str) -> None:
    """Refuse what Python's parser takes for JSON: NaN and Infinity."""
    raise ValueError(word)


def _finite(digits: str) -> float:
    """Read a number that can be written again."""
    if isinf(number := float(digits)):
        raise ValueError(digits)
    return number


_LONG_NUMBER = b"0" * 19
"""Digits of a number that may need more than 64 bits."""

_DIGITS = bytes(ord("0") if 0 <= each - ord("0") <= 9 else ord(" ") for each in range(256))  # noqa: PLR2004
_READER = json.JSONDecoder(parse_constant=_no_json, parse_float=_finite)


def _is_deep(message: object) -> bool:
    level = [message]
    for _ in range(DEEPEST):
        level = [child for each in level for child in _children(each)]
    return bool(level)


def _children(value: object) -> Iterable[object]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()


def _id(message: Payload) -> str:
    name = message.get("id")
    if isinstance(name, str) and name:
        return name
    raise _invalid("no id")


def _payload(message: Payload) -> Payload | None:
    payload = message.get("payload")
    if payload is None or isinstance(payload, dict):
        return payload
    raise _invalid("payload of the wrong type")


def _invalid(why: str) -> ClosingError:
    return ClosingError(Close.INVALID_MESSAGE, f"Invalid message: {why}")
