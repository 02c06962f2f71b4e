"""One data folder, which a demonstration made and the others use again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.commands import demo, heard, running
from tests.embedded.witness import is_deserted


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="session")
def played(data_dir: Path) -> subprocess.CompletedProcess[str]:
    """A demonstration with a server of its own, from an empty folder."""
    finished = demo(data_dir)
    assert is_deserted(data_dir)
    return finished


@pytest.fixture
def kept(played: subprocess.CompletedProcess[str], data_dir: Path) -> Path:
    """The data folder after that."""
    assert played.returncode == 0, played.stderr
    return data_dir


@pytest.fixture
def short_tempered(kept: Path) -> Iterator[str]:
    """A server that somebody else started, where two may sign up."""
    arguments = "serve", "--port", "0"
    with running(kept, *arguments, XOGQL_SIGN_UPS_PER_ADDRESS="2/90") as server:
        yield heard(server, "xogql serves at ")
