"""The README's shell session is run as it stands, against a server."""

import asyncio
import shutil
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

import pytest

from tests.architecture.project import fenced, page
from tests.e2e.servers import running

PATIENCE = 30.0
AS_THE_READER = "http://127.0.0.1:8000"


@pytest.mark.skipif(shutil.which("curl") is None, reason="the session uses curl")
async def test_the_session_of_the_readme_plays_a_game(database_url: str, tmp_path: Path) -> None:
    session = "".join(fenced(page("README.md"), "sh session"))
    (told,) = [each for each in fenced(page("README.md"), "json") if "CELL_TAKEN" in each]

    async with running(database_url, tmp_path) as server:
        shell = await asyncio.create_subprocess_exec(
            "sh", "-e", "-u", stdin=PIPE, stdout=PIPE, stderr=STDOUT, cwd=tmp_path
        )
        async with asyncio.timeout(PATIENCE):
            said, _ = await shell.communicate(session.replace(AS_THE_READER, server.url).encode())

    assert AS_THE_READER in session
    assert shell.returncode == 0, said.decode()
    assert said.decode().endswith(told)
