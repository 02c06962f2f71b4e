"""The messages of graphql-transport-ws, read strictly and written.

Protocol: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

from xogql.api.execution import Request

SUBPROTOCOL = "graphql-transport-ws"


class Close(IntEnum):
    """Why a socket is closed. The protocol's client retries on 4403, 4408, 1012 and 1013 only."""

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
        self.reason = reason


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


@dataclass(frozen=True, slots=True)
class Subscribe:
    """The client begins an operation."""

    id: str
    request: Request


@dataclass(frozen=True, slots=True)
class Complete:
    """The client wants no more of an operation."""

    id: str


Frame: TypeAlias = ConnectionInit | Ping | Pong | Subscribe | Complete


def read(text: str) -> Frame:
    """Read a message.

    Raises:
        ClosingError: 4400, if it is none of the protocol's.
    """
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid("not JSON") from error
    match message:
        case {"type": "connection_init"}:
            return ConnectionInit(_payload(message) or {})
        case {"type": "ping"}:
            return Ping(_payload(message))
        case {"type": "pong"}:
            return Pong(_payload(message))
        case {"type": "subscribe", "id": str(name), "payload": dict(payload)} if name:
            return Subscribe(name, request_of(payload))
        case {"type": "complete", "id": str(name)} if name:
            return Complete(name)
        case _:
            raise _invalid("no message of the protocol")


def request_of(payload: Payload) -> Request:
    """Read GraphQL's request parameters.

    Raises:
        ClosingError: 4400, if one has the wrong type.
    """
    match payload:
        case {"query": str(query)}:
            return Request(
                query,
                _of(str, payload, "operationName"),
                _of(dict, payload, "variables"),
                _of(dict, payload, "extensions"),
            )
        case _:
            raise _invalid("no query")


def write(kind: str, **rest: object) -> str:
    """Write a message."""
    return json.dumps({"type": kind, **rest}, separators=(",", ":"))


def _payload(message: Payload) -> Payload | None:
    payload: Payload | None = _of(dict, message, "payload")
    return payload


def _of(kind: type[Any], values: Payload, name: str) -> Any:  # noqa: ANN401 - JSON's
    value = values.get(name)
    if value is not None and not isinstance(value, kind):
        raise _invalid(f"{name} of the wrong type")
    return value


def _invalid(why: str) -> ClosingError:
    return ClosingError(Close.INVALID_MESSAGE, f"Invalid message: {why}")
