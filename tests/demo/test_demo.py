"""`xogql demo`: the real command, against real servers."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.demo.commands import demo, free_port, heard, running
from tests.embedded.witness import eventually, is_deserted
from xogql.demo import play
from xogql.demo.obstacle import NotStartedError, RefusedError
from xogql.embedded import EmbeddedPostgres

STORY = [
    "There is no server at http://127.0.0.1:",
    "Ann signs up",
    "curl http://",
    "Ann logs in",
    "Ann asks who she is",
    "Bob signs up",
    "Ann creates a game",
    "Bob looks for a game",
    "Bob joins the game",
    "Both take an intratoken",
    '"type": "connection_init"',
    '"payload": {"Authorization": "Intra eyJhbGciOi…"}',
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


async def test_a_server_that_runs_is_used_and_left_running(
    short_tempered: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await play(f"{short_tempered}/", None)

    told = capsys.readouterr().out
    assert told.startswith(f"The game is played on the server that runs at {short_tempered}.")
    assert "X wins: ann-" in told
    assert "stopped" not in told

    monkeypatch.setenv("XOGQL_HOST", "0.0.0.0")
    monkeypatch.setenv("XOGQL_PORT", short_tempered.rpartition(":")[2])
    with pytest.raises(RefusedError, match=r"Ann's signUp .*MANY_ATTEMPTS.* in \d+ seconds\.$"):
        await play(None, None)


async def test_a_folder_in_use_is_named(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XOGQL_PORT", str(free_port()))

    with EmbeddedPostgres(kept), pytest.raises(NotStartedError, match=f"{kept} is in use by"):
        await play(None, kept)


def test_its_server_ends_with_it(kept: Path) -> None:
    with running(kept, "demo") as process:
        heard(process, "1. Ann signs up")
        process.send_signal(signal.SIGINT)
        process.wait(20)
        assert eventually(lambda: is_deserted(kept))


def test_a_wrong_address_is_said_in_a_sentence(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"

    finished = demo(tmp_path, "--url", url)

    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr == (
        f"Error: There is no server at {url} (All connection attempts failed).\n"
    )
