"""A client that sends any bytes on a socket, and reads the messages strictly."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from tests.fuzz.answers import CLOSE_CODES, check_message, check_text
from tests.fuzz.http_client import PATIENCE
from tests.fuzz.messages import Conversation

_FENCE = {"only": "for us"}


class Talk:
    """One connection; whatever the server says on it is checked when it is read."""

    def __init__(self, connection: socket.socket, url: str) -> None:
        self._connection = connection
        protocols = [Subprotocol("graphql-transport-ws")]
        self._protocol = ClientProtocol(parse_uri(url), subprotocols=protocols, max_size=None)
        self._protocol.send_request(self._protocol.connect())
        self._flush()
        while self._protocol.state is State.CONNECTING:
            assert list(self._events())

    def say(self, message: dict[str, object]) -> None:
        self._protocol.send_text(json.dumps(message).encode())
        self._flush()

    def say_raw(self, frame: bytes) -> None:
        """Send bytes. Whether the server still wants them is seen when it answers."""
        with suppress(ConnectionError):
            self._connection.sendall(frame)

    def until(self, wanted: dict[str, object]) -> int | None:
        """Read until a message comes; or give the code that the server closed the socket with.

        Of a connection that broke the code is 1006.
        """
        while (events := list(self._events())) or self._protocol.close_code is None:
            if not events:
                return 1006
            for message in map(_read, events):
                if isinstance(message, int):
                    return message
                if message == wanted:
                    return None
        return self._protocol.close_code

    def goodbye(self) -> None:
        self._protocol.send_close(1000)
        self._flush()

    def _events(self) -> Iterator[Any]:
        """Wait for something, and give what came; nothing, if nothing more can come."""
        try:
            data = self._connection.recv(65536)
        except ConnectionError:
            return
        if data:
            self._protocol.receive_data(data)
        yield from self._protocol.events_received()

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            self.say_raw(data)


def _read(event: Any) -> dict[str, Any] | int | None:
    """Check what the server sent, and give a message, or the code of its goodbye."""
    match event:
        case Response(status_code=status):
            assert status == 101
            return None
        case Frame(opcode=opcode, data=data) if opcode is Opcode.TEXT:
            text = bytes(data).decode()
            check_text(text)
            message: dict[str, Any] = json.loads(text)
            check_message(message)
            return message
        case Frame(opcode=opcode, data=data) if opcode is Opcode.CLOSE:
            check_text(bytes(data[2:]).decode())
            return int.from_bytes(data[:2], "big")
        case _:
            return None


@contextmanager
def talking(url: str) -> Iterator[Talk]:
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=PATIENCE) as connection:
        yield Talk(connection, url)


def check_conversation(conversation: Conversation, url: str) -> None:
    """Say it all, and see that the server answers in the end or has said why it does not."""
    with talking(url) as talk:
        if conversation.introduced is not None:
            payload = {"authorization": conversation.introduced or None}
            talk.say({"type": "connection_init", "payload": payload})
            code = talk.until({"type": "connection_ack"})
            assert code in {None, 4403}, code
        for frame in conversation.frames:
            talk.say_raw(frame)
        talk.say({"type": "ping", "payload": _FENCE})
        code = talk.until({"type": "pong", "payload": _FENCE})
        assert code is None or code in CLOSE_CODES, code
