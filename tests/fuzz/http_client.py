"""A client that sends any bytes as a request, and reads the answer strictly."""

import json
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import h11

from tests.fuzz.answers import check_result, check_text, results_in

PATIENCE = 30.0
"""Nothing takes so long, in seconds; only what hangs meets it."""

GLANCE = 0.2
"""How long an event stream, which has begun, is looked at, in seconds."""

EVENTS = "text/event-stream"


@dataclass(frozen=True)
class Sent:
    """A request. *honest*: its head says truly how long it is, so that it must be answered."""

    method: bytes
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    honest: bool

    @property
    def wire(self) -> bytes:
        lines = [b" ".join((self.method, self.target, b"HTTP/1.1"))]
        lines += [b": ".join(each) for each in self.headers]
        return b"\r\n".join([*lines, b"", self.body])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def answer_to(sent: Sent, url: str) -> Answer | None:
    """Send a request and read what comes; None: the server hung up, as it may on nonsense."""
    place = urlsplit(url)
    with socket.create_connection((place.hostname, place.port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(sent.wire)
            if not sent.honest:
                connection.shutdown(socket.SHUT_WR)
            return _read(connection, head=sent.method == b"HEAD")
        except TimeoutError:
            raise
        except (OSError, h11.RemoteProtocolError):
            return None


def _read(connection: socket.socket, *, head: bool) -> Answer:
    reader = h11.Connection(h11.CLIENT)
    method = "HEAD" if head else "GET"
    reader.send(h11.Request(method=method, target="/", headers=[("host", "there")]))
    reader.send(h11.EndOfMessage())
    response = _expected(h11.Response, reader, connection)
    headers = {name.decode(): value.decode() for name, value in response.headers}
    if headers.get("content-type", "").startswith(EVENTS):
        connection.settimeout(GLANCE)
    body = b""
    try:
        while isinstance(
            data := _expected(h11.Data | h11.EndOfMessage, reader, connection), h11.Data
        ):
            body += data.data
    except TimeoutError:
        assert connection.gettimeout() == GLANCE
    return Answer(response.status_code, headers, body.decode())


def _expected(kind: Any, reader: h11.Connection, connection: socket.socket) -> Any:
    """Read until an event of that kind comes, past what only informs."""
    while True:
        event = reader.next_event()
        if isinstance(event, kind):
            return event
        if event is h11.NEED_DATA:
            reader.receive_data(connection.recv(65536))
        elif not isinstance(event, h11.InformationalResponse):
            raise ConnectionError(event)


def check_answer(answer: Answer) -> None:
    """Refuse a failure of the server, and what no client can read."""
    assert answer.status < 500, answer
    check_text(answer.body)
    kind = answer.headers.get("content-type", "").partition(";")[0]
    match kind:
        case "text/event-stream":
            for result in results_in(answer.body):
                check_result(result)
        case "application/json" | "application/graphql-response+json" if answer.body:
            _check_json(json.loads(answer.body))
        case "" | "application/json" | "application/graphql-response+json":
            assert answer.body == ""
        case _:
            assert kind in {"text/plain", "text/html", "text/javascript", "text/css"}, answer


def _check_json(body: Any) -> None:
    match body:
        case {"detail": "Not Found" | "Method Not Allowed"} | {"status": "ok"}:
            pass
        case _:
            check_result(body)
