"""Data folders: none of them is made twice if a copy will do."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.witness import eventually, is_deserted, write
from xogql.embedded import EmbeddedPostgres


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("template") / "data"
    with EmbeddedPostgres(data_dir) as embedded:
        write(embedded.url)
    return data_dir


@pytest.fixture
def kept(template: Path) -> Iterator[Path]:
    """A data folder which a Postgres wrote to and left in peace, as this test has to."""
    yield template
    assert eventually(lambda: is_deserted(template))


@pytest.fixture
def spare(template: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(template, tmp_path / "spare"))


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Path]:
    """A folder that every user of the machine may enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
