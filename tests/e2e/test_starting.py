"""What keeps a server from starting is said in a sentence, without a traceback."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.conftest import drop_database, new_database
from tests.e2e.servers import PATIENCE

STRONG = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d"


async def said_at_the_end(folder: Path, **settings: str) -> str:
    """Serve until it ends by itself, as it should, and give all that it says."""
    inherited = {name: each for name, each in os.environ.items() if not name.startswith("XOGQL_")}
    given = {f"XOGQL_{name.upper()}": each for name, each in settings.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "xogql", "serve"),
        env=inherited | {"XOGQL_DATA_DIR": str(folder / "data"), "XOGQL_PORT": "0"} | given,
        stdout=PIPE,
        stderr=STDOUT,
    )
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()
    assert process.returncode == 1
    return said.decode()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"production": "true"}, "Set XOGQL_SECRET to 32 random bytes"),
        ({"production": "true", "secret": "short"}, "is weak"),
        ({"log_level": "loud"}, "log_level"),
        ({"port": "70000"}, "port"),
        ({"moves_per_player": "many"}, "moves_per_player"),
        ({"longest_frame": "0"}, "longest_frame"),
        ({"trusted_documents": "nowhere.json"}, "nowhere.json"),
    ],
    ids=str,
)
async def test_a_setting_that_cannot_be_is_named(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    said = await said_at_the_end(tmp_path, **settings)

    assert sentence in said
    assert "Traceback" not in said
    assert not (tmp_path / "data").exists()


async def test_a_database_that_lets_nobody_in_is_named(tmp_path: Path, cluster_url: str) -> None:
    url = make_url(cluster_url).set(database="nowhere").render_as_string(hide_password=False)

    said = await said_at_the_end(tmp_path, secret=STRONG, database_url=url)

    assert "The database lets nobody in" in said
    assert "nowhere" in said
    assert "Traceback" not in said


async def test_tables_that_are_missing_are_named(tmp_path: Path, cluster_url: str) -> None:
    url = await new_database(cluster_url)

    said = await said_at_the_end(tmp_path, secret=STRONG, database_url=url)

    assert "run `xogql migrate` first" in said
    await drop_database(cluster_url, url)
