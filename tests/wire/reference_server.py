"""The reference server's process: npm graphql-ws."""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.node import NODE

FOLDER = Path(__file__).parent / "reference"
PATIENCE = 60.0


@asynccontextmanager
async def running(folder: Path) -> AsyncGenerator[str]:
    """Run the server for the block; it ends with its input, and so with this process."""
    process = await asyncio.create_subprocess_exec(
        NODE, "server.mjs", cwd=folder, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            line = await process.stdout.readline()
        yield line.decode().strip()
    finally:
        async with asyncio.timeout(PATIENCE):
            await process.communicate(b"")
