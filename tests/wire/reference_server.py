"""The reference server's process: npm graphql-ws, installed once into a cache."""

import asyncio
import shutil
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

FOLDER = Path(__file__).parent / "reference"
PROGRAMS = Path(sys.executable).parent
PATIENCE = 60.0
OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH")
"""What npm says if there is no network."""

_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")


def installed(cache: Path) -> Path:
    """Give the folder of the server and what it needs, which is skipped where nothing is."""
    files = sorted(FOLDER.iterdir())
    digest = sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()
    folder = cache / f"reference-{digest[:16]}"
    if not folder.exists():
        with TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as temporary:
            here = shutil.copytree(FOLDER, Path(temporary) / "reference")
            _install(here)
            with suppress(OSError):  # another process was quicker
                here.rename(folder)
    return folder


def _install(folder: Path) -> None:
    done = subprocess.run(
        [PROGRAMS / "npm", *_INSTALL, "--fetch-retries=1", "--fetch-retry-mintimeout=1000"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode and any(each in done.stderr for each in OFFLINE):
        pytest.skip("npm cannot be reached, which has the reference server")
    assert not done.returncode, done.stderr


@asynccontextmanager
async def running(folder: Path) -> AsyncGenerator[str]:
    """Run the server for the block; it ends with its input, and so with this process."""
    process = await asyncio.create_subprocess_exec(
        PROGRAMS / "node", "server.mjs", cwd=folder, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            line = await process.stdout.readline()
        yield line.decode().strip()
    finally:
        async with asyncio.timeout(PATIENCE):
            await process.communicate(b"")
