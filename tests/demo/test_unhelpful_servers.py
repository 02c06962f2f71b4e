"""What is said when there is no server, or one that answers what it should not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.demo.commands import demo, free_port

READY = '{"status": "ok", "database": true, "listener": true}'
ILL = '{"status": "unavailable", "database": false, "listener": true}'
BUSY = '{"errors": [{"message": "Busy.", "extensions": {"code": "BUSY", "retryAfter": 1}}]}'


@contextmanager
def serving(readyz: str, answer: str = "") -> Iterator[str]:
    """A server that says always the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(readyz)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self._say(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

        def _say(self, text: str) -> None:
            self.send_response(200)
            self.send_header("content-length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def complaint(tmp_path: Path, url: str) -> str:
    finished = demo(tmp_path, "--url", url)
    assert finished.returncode == 1
    assert finished.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
    return finished.stderr.removeprefix("Error: ").strip()


def test_nobody_is_there(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"

    assert complaint(tmp_path, url).startswith(f"There is no server at {url} (")


def test_an_address_is_none(tmp_path: Path) -> None:
    assert complaint(tmp_path, "localhost").startswith("There is no server at localhost (")


@pytest.mark.parametrize("page", ["<html>", "{}", "[]"])
def test_it_is_another_server(tmp_path: Path, page: str) -> None:
    with serving(page) as url:
        assert complaint(tmp_path, url) == f"What answers at {url} is not xogql."


def test_it_is_not_ready(tmp_path: Path) -> None:
    with serving(ILL) as url:
        assert complaint(tmp_path, url) == f"The server at {url} is not ready: {ILL}."


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("<html>", 'Ann expected a JSON object and was told: HTTP 200 "<html>"'),
        ('{"data": null}', 'Ann expected signUp and was told: {"data": null}'),
        (BUSY, "Ann's signUp was refused (BUSY): Busy. Try again in 1 seconds."),
        (
            json.dumps({"data": {"signUp": {"__typename": "Riddle", "accessToken": "x" * 40}}}),
            'Ann expected Session and was told: {"__typename": "Riddle", "accessToken": "xxxxxxxxxx…"}',
        ),
    ],
)
def test_it_answers_what_makes_no_sense(tmp_path: Path, answer: str, says: str) -> None:
    with serving(READY, answer) as url:
        assert complaint(tmp_path, url) == says
