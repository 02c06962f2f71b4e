"""What is said when what answers is no server of ours, or answers what it should not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from xogql.demo import play
from xogql.demo.obstacle import ObstacleError

READY = '{"status": "ok", "database": true, "listener": true}'
ILL = '{"status": "unavailable", "database": false, "listener": true}'
BUSY = '{"errors": [{"message": "Busy.", "extensions": {"code": "BUSY", "retryAfter": 1}}]}'
RIDDLE = json.dumps({"data": {"signUp": {"accessToken": "x" * 11, "__typename": "?"}}})


@contextmanager
def serving(readyz: str, answer: str = "") -> Iterator[str]:
    """A server that always says the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(readyz)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self._say(answer)

        def log_message(self, *_: Any) -> None:
            pass

        def _say(self, text: str) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


async def complaint(url: str) -> str:
    with pytest.raises(ObstacleError) as caught:
        await play(url, None)
    assert caught.value.exit_code == 1
    return caught.value.message


async def test_an_address_is_none() -> None:
    assert (await complaint("localhost")).startswith("There is no server at localhost (")


@pytest.mark.parametrize("page", ["<html>", "{}", "[]"])
async def test_it_is_another_server(page: str) -> None:
    with serving(page) as url:
        assert await complaint(url) == f"What answers at {url} is not xogql."


async def test_it_is_not_ready() -> None:
    with serving(ILL) as url:
        assert await complaint(url) == f"The server at {url} is not ready: {ILL}."


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("<html>", 'Ann expected a JSON object and was told: HTTP 200 "<html>"'),
        ('{"data": null}', 'Ann expected signUp and was told: {"data": null}'),
        (BUSY, "Ann's signUp was refused (BUSY): Busy. Try again in 1 seconds."),
        (
            RIDDLE,
            'Ann expected Session and was told: {"accessToken": "xxxxxxxxxx…", "__typename": "?"}',
        ),
    ],
)
async def test_its_answer_makes_no_sense(answer: str, says: str) -> None:
    with serving(READY, answer) as url, pytest.raises(ObstacleError) as caught:
        await play(url, None)
    assert says in caught.value.message
