"""Server processes: each `python -m xogql serve` on a port of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx

PATIENCE = 30.0
"""Nothing takes so long, in seconds; only what hangs meets it."""

SHORT_LIVED = httpx.Limits(keepalive_expiry=1.0)
"""Servers close what is idle for 5 seconds: a request that is sent just then would be lost."""

SECRET = "shared by the processes: ucNVp3rVvKCsZ5mT9hXw"
GREETING = "xogql serves at "

_OPEN_DOOR = {
    "XOGQL_SIGN_UPS_PER_ADDRESS": "100000/0.001",
    "XOGQL_GUESTS_PER_ADDRESS": "100000/0.001",
    "XOGQL_RENAMES_PER_PLAYER": "100000/0.001",
    "XOGQL_LOGINS_PER_ADDRESS": "100000/0.001",
    "XOGQL_LOGINS_PER_NAME": "100000/0.001",
    "XOGQL_MOVES_PER_PLAYER": "100000/0.001",
    "XOGQL_OPERATIONS_PER_CLIENT": "100000/0.001",
    "XOGQL_MESSAGES_PER_SOCKET": "100000/0.001",
    "XOGQL_SOCKETS_PER_PLAYER": "1000",
}


@dataclass(frozen=True)
class Server:
    """Where it is, and a client of it for all who need one."""

    url: str
    http: httpx.AsyncClient

    @property
    def socket_url(self) -> str:
        return f"ws{self.url.removeprefix('http')}/graphql"


@dataclass(frozen=True)
class ServerProcess(Server):
    """*log*: what it writes to standard error."""

    process: Process
    log: Path

    async def stop(self) -> int:
        """Ask it to end, and tell its exit status."""
        self.process.terminate()
        return await self._ended()

    async def kill(self) -> int:
        self.process.kill()
        return await self._ended()

    async def _ended(self) -> int:
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()


@asynccontextmanager
async def running(
    database_url: str,
    folder: Path,
    environment: Mapping[str, str] = MappingProxyType({}),
    /,
    **settings: str,
) -> AsyncGenerator[ServerProcess]:
    """Run a server for the block; *settings*: `production="true"` is XOGQL_PRODUCTION."""
    log = _log_in(folder)
    told = _environment(database_url, folder, settings) | dict(environment)
    process = await _started(log, told)
    try:
        url = await _greeted(process) or log.read_text()
        assert url.startswith("http"), url
        async with client_of(url) as http:
            yield ServerProcess(url, http, process, log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def client_of(url: str) -> httpx.AsyncClient:
    # No certificates are read for what speaks plain HTTP: they take 20 ms a client.
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE, verify=False, limits=SHORT_LIVED)


def _environment(database_url: str, folder: Path, settings: dict[str, str]) -> dict[str, str]:
    inherited = {name: each for name, each in os.environ.items() if not name.startswith("XOGQL_")}
    given = {f"XOGQL_{name.upper()}": each for name, each in settings.items()}
    own = {
        "XOGQL_DATABASE_URL": database_url,
        "XOGQL_DATA_DIR": str(folder),
        "XOGQL_SECRET": SECRET,
        "XOGQL_PORT": "0",
        "XOGQL_WORKERS": "1",
        "XOGQL_LOG_LEVEL": "WARNING",
    }
    return inherited | own | _OPEN_DOOR | given


async def _started(log: Path, environment: dict[str, str]) -> Process:
    with log.open("wb") as written:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "xogql", "serve", stdout=PIPE, stderr=written, env=environment
        )


def _log_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "log"


async def _greeted(process: Process) -> str:
    """Wait until it takes requests, and tell where; nothing, if it ends instead."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        async for line in process.stdout:
            if (text := line.decode().strip()).startswith(GREETING):
                return text.removeprefix(GREETING)
    return ""
