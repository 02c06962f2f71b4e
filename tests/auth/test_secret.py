import os
import subprocess
import sys
from pathlib import Path

import pytest

from xogql.auth.secret import SecretMissingError, WeakSecretError, is_weak, signing_secret

STRONG = "3f9d0c7be1a84f52b6c89e07d15a2c4e"
WEAK = ["short-but-varied", "a" * 64 + "b", "01" * 32, "change-me-" * 5, STRONG[:16] * 4, "é" * 40]
START = """
import sys, pathlib
from xogql.auth.secret import signing_secret
print("ready", flush=True)
sys.stdin.read()
print(signing_secret(None, pathlib.Path(sys.argv[1]), production=True))
"""


def test_a_strong_secret_is_taken_and_nothing_kept(tmp_path: Path) -> None:
    assert signing_secret(STRONG, tmp_path, production=True) == STRONG
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("secret", WEAK)
def test_a_weak_secret_is_refused_in_production(secret: str, tmp_path: Path) -> None:
    with pytest.raises(WeakSecretError):
        signing_secret(secret, tmp_path, production=True)


@pytest.mark.parametrize("secret", WEAK)
def test_a_weak_secret_is_warned_of_elsewhere(
    secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert signing_secret(secret, None, production=False) == secret
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert secret not in caplog.text


@pytest.mark.parametrize("production", [True, False])
@pytest.mark.parametrize("nothing", [None, ""])
def test_without_a_secret_and_a_folder_one_is_told_what_to_set(
    nothing: str | None, *, production: bool
) -> None:
    with pytest.raises(SecretMissingError, match="XOGQL_SECRET"):
        signing_secret(nothing, None, production=production)


@pytest.mark.parametrize("production", [True, False])
def test_a_secret_is_made_and_kept_for_its_owner_alone(tmp_path: Path, *, production: bool) -> None:
    data_dir = tmp_path / "data"
    secret = signing_secret(None, data_dir, production=production)

    assert not is_weak(secret)
    assert signing_secret("", data_dir, production=production) == secret
    assert [each.name for each in data_dir.iterdir()] == ["secret"]
    assert (data_dir / "secret").stat().st_mode & 0o777 == 0o600


def test_every_folder_has_its_own(tmp_path: Path) -> None:
    one, other = (signing_secret(None, tmp_path / each, production=True) for each in "ab")

    assert one != other


@pytest.mark.parametrize("damaged", ["", "\n", STRONG[:20]])
@pytest.mark.parametrize("production", [True, False])
def test_a_damaged_kept_secret_is_never_used(
    tmp_path: Path, damaged: str, *, production: bool
) -> None:
    (tmp_path / "secret").write_text(damaged)

    with pytest.raises(WeakSecretError):
        signing_secret(None, tmp_path, production=production)


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    held, gate = os.pipe()
    command = [sys.executable, "-c", START, str(tmp_path)]
    starting = [
        subprocess.Popen(command, stdin=held, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    os.close(held)
    assert all(each.stdout and each.stdout.readline() == "ready\n" for each in starting)
    os.close(gate)
    secrets = {each.communicate(timeout=30)[0].strip() for each in starting}

    assert secrets == {signing_secret(None, tmp_path, production=True)}
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]
