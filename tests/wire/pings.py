"""Checks of ping and pong."""

from functools import partial

from tests.wire.check import Check, Checks
from tests.wire.connections import Connector, Json, Outcome
from tests.wire.dialects import ANSWER, Dialect

PINGS = Checks()

_HALF_OF_A_PAIR = "\ud83d"

_BARE = {"no payload": {"type": "ping"}, "null as payload": {"type": "ping", "payload": None}}
_ECHOED = {
    "an empty object": ("{}", {}),
    "an object": (
        '{"a": [1, -0.5, null, true, {"b": ""}]}',
        {"a": [1, -0.5, None, True, {"b": ""}]},
    ),
    "letters of any alphabet": (r'{"\u044b": "\ud83d\ude00"}', {"ы": "😀"}),
    "half a surrogate pair": (r'{"a": "\ud83d"}', {"a": _HALF_OF_A_PAIR}),
}


async def _ponged(message: Json, connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say(message)
        return await wire.still_open()


PINGS.extend(
    Check(f"a ping with {what} gets a pong without", ("pong", "open"), partial(_ponged, message))
    for what, message in _BARE.items()
)
PINGS.extend(
    Check(
        f"a ping with {what} gets it back",
        (f"pong {written}", "open"),
        partial(_ponged, {"type": "ping", "payload": payload}),
    )
    for what, (written, payload) in _ECHOED.items()
)


@PINGS.expecting("pong", "open")
async def fields_of_a_ping_that_nobody_knows_are_ignored(
    connector: Connector, dialect: Dialect
) -> Outcome:
    return await _ponged({"type": "ping", "id": 1, "unknown": []}, connector, dialect)


@PINGS.expecting("open")
async def a_pong_that_nobody_asked_for_is_ignored(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say({"type": "pong"}, {"type": "pong", "payload": {"a": 1}})
        await wire.say({"type": "pong", "payload": None})
        return await wire.still_open()


@PINGS.expecting(*(f'pong {{"n": {n}}}' for n in range(20)))
async def pings_are_answered_in_their_order(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say(*({"type": "ping", "payload": {"n": n}} for n in range(20)))
        return await wire.until('pong {"n": 19}')


@PINGS.expecting("pong", "a: complete")
async def a_ping_does_not_wait_for_what_is_carried_out(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", dialect.slow)
        await wire.say({"type": "ping"})
        seen = await wire.until("a: complete")
        return tuple(each for each in seen if each != "a: next answer")


@PINGS.expecting("pong", "a: next answer", "a: complete")
async def a_ping_may_come_between_operations(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say({"type": "ping"})
        await wire.until("pong")
        await wire.subscribe("a", ANSWER)
        return await wire.until("a: complete")
