"""Checks of `connection_init`, and of what is allowed before it is acknowledged."""

from functools import partial
from time import monotonic

from tests.wire.check import Check, Checks, needed
from tests.wire.connections import Connector, Json, Outcome
from tests.wire.dialects import ANSWER, Dialect

INTRODUCTIONS = Checks()

_INIT = {"type": "connection_init"}
_PING = {"type": "ping"}

_TAKEN = {
    "no payload": _INIT,
    "null as payload": {**_INIT, "payload": None},
    "an empty payload": {**_INIT, "payload": {}},
    "entries that nobody knows": {**_INIT, "payload": {"unknown": [1, None]}},
    "fields that nobody knows": {**_INIT, "unknown": 1},
}
_NOT_TAKEN = {
    "an array as payload": [],
    "a string as payload": "token",
    "a number as payload": 1,
    "true as payload": True,
}


async def _introduced(message: Json, connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say(message)
        await wire.until("ack")
        return await wire.still_open()


INTRODUCTIONS.extend(
    Check(f"an introduction may have {what}", ("ack", "open"), partial(_introduced, message))
    for what, message in _TAKEN.items()
)
INTRODUCTIONS.extend(
    Check(
        f"an introduction with {what} is malformed",
        ("closed 4400",),
        partial(_introduced, {**_INIT, "payload": payload}),
    )
    for what, payload in _NOT_TAKEN.items()
)


@INTRODUCTIONS.expecting("ack", "closed 4429")
async def nobody_is_introduced_twice(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say(_INIT)
        await wire.until("ack")
        await wire.say(_INIT)
        return await wire.until_closed()


@INTRODUCTIONS.expecting("closed 4429")
async def nobody_is_introduced_twice_before_being_acknowledged(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say({**_INIT, "payload": needed(dialect.slow_introduction)}, _INIT)
        return await wire.until_closed()


@INTRODUCTIONS.expecting("closed 4408", "after 3 s")
async def who_is_not_introduced_in_time_has_to_leave(
    connector: Connector, dialect: Dialect
) -> Outcome:
    since = monotonic()  # before the server counts, and a busy one may count long
    async with connector.stranger() as wire:
        await wire.until_closed()
        waited = monotonic() - since
        wire.note("after 3 s" if waited > 2.9 else f"after {waited:.1f} s")
        return wire.seen


@INTRODUCTIONS.expecting("pong", "closed 4408")
async def a_ping_is_no_introduction(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say(_PING)
        return await wire.until_closed()


@INTRODUCTIONS.expecting("closed 4408")
async def an_authentication_that_hangs_is_given_up(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say({**_INIT, "payload": needed(dialect.hanging_introduction)})
        return await wire.until_closed()


@INTRODUCTIONS.expecting("closed 1013")
async def an_authentication_that_fails_may_be_tried_again(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say({**_INIT, "payload": needed(dialect.failing_introduction)})
        return await wire.until_closed()


@INTRODUCTIONS.expecting("closed 4403")
async def who_is_refused_has_to_leave(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say({**_INIT, "payload": dialect.refused_introduction})
        return await wire.until_closed()


@INTRODUCTIONS.expecting("closed 4401")
async def who_is_not_introduced_cannot_subscribe(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.subscribe("a", ANSWER)
        return await wire.until_closed()


@INTRODUCTIONS.expecting("closed 4401")
async def who_is_not_yet_acknowledged_cannot_subscribe(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say({**_INIT, "payload": needed(dialect.slow_introduction)})
        await wire.subscribe("a", ANSWER)
        return await wire.until_closed()


@INTRODUCTIONS.expecting("pong", "open")
async def a_stranger_may_ping(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say(_PING)
        return await wire.still_open()


@INTRODUCTIONS.expecting("pong", "ack")
async def a_ping_is_answered_during_a_slow_authentication(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say({**_INIT, "payload": needed(dialect.slow_introduction)}, _PING)
        return await wire.until("ack")


@INTRODUCTIONS.expecting("open")
async def a_stranger_may_complete_what_never_began(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.stranger() as wire:
        await wire.complete("a")
        return await wire.still_open()


@INTRODUCTIONS.expecting("open")
async def a_stranger_may_pong(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say({"type": "pong"})
        return await wire.still_open()


@INTRODUCTIONS.expecting("closed 4400")
async def a_strangers_messages_are_read_strictly(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.stranger() as wire:
        await wire.say_raw("hello")
        return await wire.until_closed()
