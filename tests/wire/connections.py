"""A client that says what it is told, right or wrong, and writes down what comes of it."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

from websockets import ClientConnection, ConnectionClosed, Subprotocol, connect

PATIENCE = 6.0
"""How long a message is waited for, in seconds: twice what an introduction may take."""

MODERN = "graphql-transport-ws"
LEGACY = "graphql-ws"

Json: TypeAlias = Any
Outcome: TypeAlias = tuple[str, ...]

_FENCE = "only for us"


class Wire:
    """One connection, and what was observed on it: each thing in a few words."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self._seen: list[str] = []
        self._fences = count()

    @property
    def seen(self) -> Outcome:
        return tuple(self._seen)

    @property
    def is_over(self) -> bool:
        return bool(self._seen) and self._seen[-1].startswith(("closed", "silence"))

    def note(self, observed: str) -> None:
        self._seen.append(observed)

    def forget(self) -> None:
        """Begin to observe anew, unless there is nothing more to come."""
        if not self.is_over:
            self._seen.clear()

    async def say(self, *messages: Json) -> None:
        """Send messages. Whether the server still wants them is seen when it answers."""
        await self.say_raw(*map(json.dumps, messages))

    async def say_raw(self, *frames: str | bytes, as_text: bool | None = None) -> None:
        try:
            for frame in frames:
                await self.connection.send(frame, text=as_text)
        except ConnectionClosed:
            pass

    def say_at_once(self, *messages: Json, goodbye: int | None = None) -> None:
        """Send messages so close together that they are read together, and perhaps close."""
        for message in messages:
            self.connection.protocol.send_text(json.dumps(message).encode())
        if goodbye is not None:
            self.connection.protocol.send_close(goodbye)
        self.connection.send_data()

    async def subscribe(self, name: Json, query: str, **payload: Json) -> None:
        await self.say(subscribing(name, query, **payload))

    async def complete(self, name: str) -> None:
        await self.say({"type": "complete", "id": name})

    async def until(self, *last: str) -> Outcome:
        """Observe until all of these were seen, or nothing more comes."""
        while not self.is_over and not set(last) <= set(self._seen):
            await self._observe()
        return self.seen

    async def until_closed(self) -> Outcome:
        return await self.until("closed by whatever code")

    async def until_ended(self, name: str) -> Outcome:
        """Observe until an operation is over."""
        last = {f"{name}: complete", f"{name}: error"}
        while not self.is_over and last.isdisjoint(self._seen):
            await self._observe()
        return self.seen

    async def up_to_here(self) -> Outcome:
        """Observe until the server has read what it was sent, and answered what it at once can."""
        fence = {_FENCE: next(self._fences)}
        await self.say({"type": "ping", "payload": fence})
        while not self.is_over:
            message = await self._received()
            if message == {"type": "pong", "payload": fence}:
                break
            self._take(message)
        return self.seen

    async def still_open(self) -> Outcome:
        """Observe that the server still answers."""
        await self.up_to_here()
        if not self.is_over:
            self.note("open")
        return self.seen

    async def _observe(self) -> None:
        self._take(await self._received())

    def _take(self, message: Json) -> None:
        if message == {"type": "ping"}:
            return
        self.note(message if isinstance(message, str) else _words(message))

    async def _received(self) -> Json:
        try:
            async with asyncio.timeout(PATIENCE):
                frame = await self.connection.recv()
        except ConnectionClosed:
            return f"closed {self.connection.close_code}"
        except TimeoutError:
            return "silence"
        return json.loads(frame) if isinstance(frame, str) else "a binary frame"


def subscribing(name: Json, query: Json, **payload: Json) -> Json:
    return {"type": "subscribe", "id": name, "payload": {"query": query, **payload}}


def _words(message: dict[str, Json]) -> str:
    match message:
        case {"type": "connection_ack", **rest}:
            words = "ack"
        case {"type": "pong", **rest}:
            words = "pong"
        case {"type": "next", "id": str(name), "payload": {"errors": [_, *_]}, **rest}:
            words = f"{name}: next with errors"
        case {"type": "next", "id": str(name), "payload": {"data": dict(data)}, **rest}:
            words = f"{name}: next {', '.join(data)}"
        case {"type": "error", "id": str(name), "payload": [{"message": str()}, *_], **rest}:
            words = f"{name}: error"
        case {"type": "complete", "id": str(name), **rest}:
            words = f"{name}: complete"
        case _:
            return f"no message of the protocol: {json.dumps(message)}"
    return " ".join([words, *map(json.dumps, rest.values())])


@dataclass(frozen=True)
class Connector:
    """Connects to the server under test. *introduction*: the payload of `connection_init`."""

    url: str
    introduction: Json = None

    @asynccontextmanager
    async def connected(self, *subprotocols: str) -> AsyncGenerator[Wire]:
        """Connect, and say nothing yet."""
        async with connect(
            self.url,
            subprotocols=[Subprotocol(each) for each in subprotocols] or None,
            compression=None,
            ping_interval=None,
            close_timeout=PATIENCE,
            proxy=None,
        ) as connection:
            yield Wire(connection)

    @asynccontextmanager
    async def stranger(self) -> AsyncGenerator[Wire]:
        """Connect by the modern subprotocol."""
        async with self.connected(MODERN) as wire:
            yield wire

    @asynccontextmanager
    async def acknowledged(self) -> AsyncGenerator[Wire]:
        """Connect and be acknowledged, which is not written down."""
        async with self.stranger() as wire:
            await wire.say({"type": "connection_init", "payload": self.introduction})
            await wire.until("ack")
            wire.forget()
            yield wire
