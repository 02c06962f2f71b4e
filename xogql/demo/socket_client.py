"""GraphQL over a WebSocket: graphql-transport-ws, many operations on one connection.

Protocol: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import json
from collections import defaultdict, deque
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from xogql.demo.documents import Document
from xogql.demo.obstacle import UnexpectedError, patience
from xogql.demo.outcome import result_of
from xogql.demo.readable import Json, excerpt
from xogql.demo.transcript import Transcript

CLOSING = 2.0
"""How long a server may take to see a socket off, in seconds."""

_SUBPROTOCOL = Subprotocol("graphql-transport-ws")


class SocketClient:
    """One connection of *who*; each operation on it has an id of the client's."""

    def __init__(self, who: str, connection: ClientConnection, transcript: Transcript) -> None:
        self._who = who
        self._connection = connection
        self._transcript = transcript
        self._ids = map(str, count(1))
        self._inbox: defaultdict[str, deque[Json]] = defaultdict(deque)

    async def introduce(self, authorization: str) -> None:
        """Say who it is, as the first message has to, and wait for the acknowledgement."""
        hello = {"type": "connection_init", "payload": {"Authorization": authorization}}
        await self._send(hello)
        answer = await self._receive()
        self._transcript.received(self._who, "SOCKET", answer)
        self._expect("connection_ack", answer)

    async def start(self, document: Document, variables: Json) -> str:
        """Begin an operation and give its id: its messages carry the same."""
        name = next(self._ids)
        payload = {"query": document.text, "variables": variables}
        await self._send({"id": name, "type": "subscribe", "payload": payload}, document)
        return name

    async def ask(self, document: Document, variables: Json) -> Json:
        """Carry out a query or mutation: one `next` with the result, then `complete`."""
        name = await self.start(document, variables)
        result = await self.next(name, document, "SOCKET, the answer")
        await self.complete(name, "SOCKET")
        return result

    async def next(self, name: str, document: Document, how: str) -> Json:
        """Give the next result of an operation."""
        message = await self._told(name, how)
        if message["type"] == "error":
            return result_of(self._who, document, {"errors": message["payload"]})
        self._expect("next", message)
        return result_of(self._who, document, message["payload"])

    async def complete(self, name: str, how: str) -> None:
        """Wait until an operation is over: the server says so."""
        self._expect("complete", await self._told(name, how))

    async def _told(self, name: str, how: str) -> Json:
        """Give an operation's next message; those of others wait for who asks for them."""
        while not self._inbox[name]:
            message = await self._receive()
            self._inbox[message.get("id", "")].append(message)
        message = self._inbox[name].popleft()
        self._transcript.received(self._who, how, message)
        return message

    def _expect(self, kind: str, message: Json) -> None:
        if message["type"] != kind:
            raise UnexpectedError(who=self._who, expected=kind, told=excerpt(message))

    async def _send(self, message: Json, document: Document | None = None) -> None:
        self._transcript.sent(self._who, "SOCKET", message, document)
        async with patience(f"{self._who}'s socket"):
            await self._connection.send(json.dumps(message))

    async def _receive(self) -> Json:
        """Give the next message of any operation; a ping wants a pong."""
        while True:
            async with patience(f"{self._who}'s socket"):
                message = _json(self._who, await self._connection.recv())
                if message["type"] != "ping":
                    return message
                await self._connection.send('{"type": "pong"}')


def _json(who: str, text: str | bytes) -> Json:
    try:
        message = json.loads(text)
    except ValueError:
        message = None
    match message:
        case {"type": str()}:
            return dict(message)
        case _:
            raise UnexpectedError(who=who, expected="a message", told=excerpt(str(text)))


@asynccontextmanager
async def socket_to(url: str, who: str, transcript: Transcript) -> AsyncGenerator[SocketClient]:
    """Open a connection to the server at *url*, and close it in the end."""
    address = f"ws{url.removeprefix('http')}/graphql"
    opened = connect(address, subprotocols=[_SUBPROTOCOL], close_timeout=CLOSING, proxy=None)
    async with AsyncExitStack() as stack:
        async with patience(f"{who}'s socket to {address}"):
            connection = await stack.enter_async_context(opened)
        transcript.event(who, "-->", f"SOCKET opened: {address}")
        yield SocketClient(who, connection, transcript)
    transcript.event(who, "-->", "SOCKET closed")
