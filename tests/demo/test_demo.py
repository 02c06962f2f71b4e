"""`xogql demo`: the real command, against real servers."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.demo.commands import demo, heard, running
from tests.embedded.witness import eventually, is_deserted

STORY = [
    "There is no server at",
    "Ann signs up",
    "curl http://",
    "Ann logs in",
    "Ann asks who she is",
    "Bob signs up",
    "Ann creates a game",
    "Bob looks for a game",
    "Bob joins the game",
    "Both take an intratoken",
    '{"type": "connection_init", "payload": {"Authorization": "Intra eyJhbGciOi…"}}',
    '{"type": "connection_ack"}',
    "GameSnapshot",
    "Ann moves, over HTTP",
    "Bob tries the same cell",
    '"code": "CELL_TAKEN"',
    "Ann moves, and sends it again",
    "Bob's socket is closed",
    "Ann moves while Bob is away",
    "Bob resumes",
    '"after": 6',
    "Ann wins",
    "GameEnded",
    '{"type": "complete", "id": "1"}',
    "Bob looks at the game",
    "     O | O |[X]\n    ---+---+---\n       | X |[X]\n    ---+---+---\n     O |   |[X]\n",
    "X wins: ann-",
    "The server is stopped.",
]
HEARD = re.compile(r'^(Ann|Bob) <-- SUBSCRIPTION.*?"version": (\d+)', re.MULTILINE | re.DOTALL)
TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{10,}")


def test_the_whole_story_is_told_in_order(played: subprocess.CompletedProcess[str]) -> None:
    rest = played.stdout
    for each in STORY:
        before, found, rest = rest.partition(each)
        assert found, f"{each!r} is not in {before!r}"

    assert played.returncode == 0
    assert played.stderr == ""


@pytest.mark.parametrize("who", ["Ann", "Bob"])
def test_both_hear_every_event_once(played: subprocess.CompletedProcess[str], who: str) -> None:
    heard_of = [int(version) for name, version in HEARD.findall(played.stdout) if name == who]

    assert heard_of[:9] == [2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_no_secret_and_no_colour_is_printed(played: subprocess.CompletedProcess[str]) -> None:
    assert not TOKEN.search(played.stdout)
    assert set(re.findall(r'"password": "(.*?)"', played.stdout)) == {"<password>"}
    assert "\x1b" not in played.stdout


def test_a_server_that_runs_is_used_and_left_running(url: str, kept: Path) -> None:
    by_name = demo(kept, "--url", f"{url}/")
    by_settings = demo(kept, XOGQL_HOST="0.0.0.0", XOGQL_PORT=url.rpartition(":")[2])

    for each in (by_name, by_settings):
        assert each.returncode == 0, each.stderr
        assert each.stdout.startswith(f"The game is played on the server that runs at {url}.")
        assert "stopped" not in each.stdout


def test_who_signs_up_too_often_is_told_to_wait(kept: Path) -> None:
    refused = demo(kept, XOGQL_SIGN_UPS_PER_ADDRESS="1/90")

    assert refused.returncode == 1
    assert "Error: Ann's signUp was refused (TOO_MANY_ATTEMPTS)" in refused.stderr
    assert re.search(r"Try again in \d+ seconds\.\n$", refused.stderr)
    assert is_deserted(kept)


def test_a_folder_in_use_is_named(url: str, kept: Path) -> None:
    refused = demo(kept)

    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: The server cannot be started.")
    assert f"{kept} is in use by process" in refused.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_its_server_ends_with_it(kept: Path, number: signal.Signals) -> None:
    with running(kept, "demo") as process:
        heard(process, "1. Ann signs up")
        process.send_signal(number)
        process.wait(20)
        assert eventually(lambda: is_deserted(kept))
