"""Checks of how a socket begins and ends, below GraphQL."""

from tests.wire.check import Checks
from tests.wire.connections import LEGACY, MODERN, Connector, Outcome, Wire
from tests.wire.dialects import Dialect

HANDSHAKES = Checks()

_PING = b'{"type":"ping"}'


@HANDSHAKES.expecting("graphql-transport-ws", "open")
async def the_modern_subprotocol_is_chosen(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.connected(MODERN) as wire:
        _note_subprotocol(wire)
        return await wire.still_open()


@HANDSHAKES.expecting("graphql-transport-ws", "open")
async def of_both_subprotocols_the_modern_one_is_chosen(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.connected(LEGACY, MODERN) as wire:
        _note_subprotocol(wire)
        return await wire.still_open()


@HANDSHAKES.expecting("no subprotocol", "closed 4406")
async def without_a_subprotocol_nothing_is_served(
    connector: Connector, dialect: Dialect
) -> Outcome:
    async with connector.connected() as wire:
        _note_subprotocol(wire)
        return await wire.until_closed()


@HANDSHAKES.expecting("no subprotocol", "closed 4406")
async def the_legacy_subprotocol_is_not_served(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.connected(LEGACY) as wire:
        _note_subprotocol(wire)
        return await wire.until_closed()


@HANDSHAKES.expecting("no subprotocol", "closed 4406")
async def a_subprotocol_is_taken_by_the_letter(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.connected(MODERN.upper()) as wire:
        _note_subprotocol(wire)
        return await wire.until_closed()


@HANDSHAKES.expecting("closed 1000")
async def a_client_that_closes_is_answered(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.subscribe("a", dialect.endless)
        await wire.until("a: next news")
        wire.forget()
        await wire.connection.close()
        return await wire.until_closed()


@HANDSHAKES.expecting("a pong frame", "open")
async def a_websocket_ping_is_answered(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await (await wire.connection.ping("whatever"))
        wire.note("a pong frame")
        return await wire.still_open()


@HANDSHAKES.expecting("pong", "open")
async def a_message_in_fragments_is_one(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.connection.send([_PING[:5], _PING[5:6], _PING[6:]], text=True)
        return await wire.still_open()


@HANDSHAKES.expecting("closed 1007")
async def text_that_is_no_utf8_closes_the_socket(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say_raw(b'{"type":"ping","payload":{"\xff":1}}', as_text=True)
        return await wire.until_closed()


@HANDSHAKES.expecting("closed 1009")
async def a_huge_frame_closes_the_socket(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say({"type": "ping", "payload": {"a": "x" * 65536}})
        return await wire.until_closed()


@HANDSHAKES.expecting("open")
async def a_long_frame_is_read(connector: Connector, dialect: Dialect) -> Outcome:
    async with connector.acknowledged() as wire:
        await wire.say({"type": "pong", "payload": {"a": "x" * 60_000}})
        return await wire.still_open()


def _note_subprotocol(wire: Wire) -> None:
    wire.note(wire.connection.subprotocol or "no subprotocol")
