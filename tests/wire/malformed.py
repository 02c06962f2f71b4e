"""Checks of what is no message of the protocol: each closes the socket with 4400, at once."""

import json
from functools import partial

from tests.wire.check import Check, Checks
from tests.wire.connections import Connector, Json, Outcome, subscribing
from tests.wire.dialects import ANSWER, Dialect

MALFORMED = Checks()

_MALFORMED = ("closed 4400",)

_NO_JSON = {
    "words": "hello",
    "nothing": "",
    "half an object": '{"type":"ping"',
    "an object and more": '{"type":"ping"}{"type":"ping"}',
    "an object with NaN": '{"type":"ping","payload":{"a":NaN}}',
    "an object behind a byte order mark": '\ufeff{"type":"ping"}',
    "an object with a number that no double holds": '{"type":"ping","payload":{"a":1e999}}',
    "an object 3000 deep": '{"type":"pong","payload":{"a":' + "[" * 3000 + "]" * 3000 + "}}",
}

_OBJECTS: dict[str, Json] = {
    "an array": [],
    "an array of messages": [{"type": "ping"}],
    "a string": "ping",
    "a number": 1,
    "null": None,
    "true": True,
    "an object without a type": {},
    "an empty type": {"type": ""},
    "an unknown type": {"type": "hello"},
    "a type of the legacy protocol": {"type": "start", "id": "a", "payload": {"query": ANSWER}},
    "a type in capitals": {"type": "PING"},
    "a number as type": {"type": 1},
    "an array as type": {"type": ["ping"]},
    "a ping with an array": {"type": "ping", "payload": []},
    "a ping with a string": {"type": "ping", "payload": "a"},
    "a pong with a number": {"type": "pong", "payload": 1},
    "an acknowledgement": {"type": "connection_ack"},
    "a result": {"type": "next", "id": "a", "payload": {"data": {}}},
    "an error": {"type": "error", "id": "a", "payload": [{"message": "a"}]},
    "a complete without id": {"type": "complete"},
    "a complete with an empty id": {"type": "complete", "id": ""},
    "a complete with a number as id": {"type": "complete", "id": 1},
    "a subscribe without id": {"type": "subscribe", "payload": {"query": ANSWER}},
    "a subscribe with an empty id": subscribing("", ANSWER),
    "a subscribe with null as id": subscribing(None, ANSWER),
    "a subscribe with a number as id": subscribing(1, ANSWER),
    "a subscribe with an object as id": subscribing({}, ANSWER),
    "a subscribe without payload": {"type": "subscribe", "id": "a"},
    "a subscribe with null as payload": {"type": "subscribe", "id": "a", "payload": None},
    "a subscribe with a string as payload": {"type": "subscribe", "id": "a", "payload": ANSWER},
    "a subscribe with an array as payload": {"type": "subscribe", "id": "a", "payload": [ANSWER]},
    "a subscribe without query": {"type": "subscribe", "id": "a", "payload": {}},
    "a subscribe with null as query": subscribing("a", None),
    "a subscribe with a number as query": subscribing("a", 1),
    "a subscribe with an array as query": subscribing("a", [ANSWER]),
    "a subscribe with an array as variables": subscribing("a", ANSWER, variables=[]),
    "a subscribe with a string as variables": subscribing("a", ANSWER, variables="{}"),
    "a subscribe with a string as extensions": subscribing("a", ANSWER, extensions="{}"),
    "a subscribe with an array as extensions": subscribing("a", ANSWER, extensions=[]),
    "a subscribe with a number as operationName": subscribing("a", ANSWER, operationName=1),
    "a subscribe with an object as operationName": subscribing("a", ANSWER, operationName={}),
}

_FRAMES: dict[str, str | bytes] = {
    **_NO_JSON,
    "a binary frame": b'{"type":"ping"}',
    **{what: json.dumps(message) for what, message in _OBJECTS.items()},
}


async def _sent(frame: str | bytes, connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say_raw(frame)
        return await wire.still_open()


MALFORMED.extend(
    Check(f"{what} is malformed", _MALFORMED, partial(_sent, frame))
    for what, frame in _FRAMES.items()
)


@MALFORMED.expecting(*_MALFORMED)
async def a_malformed_message_ends_what_runs_without_a_word(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", dialect.endless)
        await wire.until("a: next news")
        wire.forget()
        await wire.say_raw("hello")
        return await wire.until_closed()


@MALFORMED.expecting(*_MALFORMED)
async def what_comes_behind_a_malformed_message_is_not_carried_out(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say_raw("hello", json.dumps(subscribing("a", ANSWER)))
        return await wire.until_closed()
