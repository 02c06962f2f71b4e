"""A server of our own, for the time of one game."""

import asyncio
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

from xogql.demo.obstacle import NotStartedError

_STARTING = 60.0
_STOPPING = 20.0
_GREETING = "xogql serves at "
_COMPLAINT = "Error: "


@asynccontextmanager
async def own_server(data_dir: Path | None) -> AsyncGenerator[str]:
    """Run `xogql serve` over *data_dir*, give its address, and stop it in the end.

    It is in a session of its own, where a Ctrl-C for us does not reach it.

    Raises:
        NotStartedError: if it does not serve.
    """
    chosen = [] if data_dir is None else ["--data-dir", str(data_dir)]
    with tempfile.TemporaryFile() as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "xogql", "serve", "--port", "0", "--workers", "1", *chosen),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield await _greeting(process, log)
        finally:
            await _stop(process)


async def _greeting(process: Process, log: IO[bytes]) -> str:
    """Wait until the server says where it serves."""
    if process.stdout is None:
        raise ValueError(process)
    try:
        async with asyncio.timeout(_STARTING):
            async for line in process.stdout:
                if line.decode().startswith(_GREETING):
                    return line.decode().removeprefix(_GREETING).strip()
            await process.wait()
    except TimeoutError:
        raise NotStartedError(why=f"It took more than {_STARTING:g} seconds.") from None
    raise NotStartedError(why=_complaint(log))


def _complaint(log: IO[bytes]) -> str:
    """Give what the server said last, or its own word for why it stopped."""
    log.seek(0)
    said = log.read().decode(errors="replace").strip()
    return said.rpartition(_COMPLAINT)[2] if _COMPLAINT in said else said.rpartition("\n")[2]


async def _stop(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_STOPPING):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
