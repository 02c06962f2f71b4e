"""Where a server process runs, and runs again after it was killed."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from tests.e2e.servers import ServerProcess, running

READY = 200


class Place:
    """One server process at a time; clients know where it was last."""

    def __init__(
        self,
        database_url: str,
        folder: Path,
        settings: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._database_url = database_url
        self._folder = folder
        self._settings = dict(settings or {})
        self._environment = dict(environment or {})
        self._running = AsyncExitStack()
        self._said: list[str] = []
        self.server: ServerProcess | None = None
        self.url = ""

    async def start(self) -> None:
        self.server = await self._running.enter_async_context(
            running(
                self._database_url,
                self._folder,
                self._environment,
                **self._settings,
            )
        )
        self.url = self.server.url

    async def kill(self) -> None:
        """Kill it, without a warning."""
        await self._process.kill()
        await self._ended()

    async def stop(self) -> int:
        """Have it end by itself; tell its exit status."""
        status = await self._process.stop()
        await self._ended()
        return status

    async def restart(self) -> None:
        await self.kill()
        await self.start()

    async def readiness(self) -> Mapping[str, Any]:
        """Give what `/readyz` says, with `ready`."""
        answer = await self._process.http.get("/readyz")
        return {**answer.json(), "ready": answer.status_code == READY}

    async def is_ready(self) -> bool:
        return bool((await self.readiness())["ready"])

    async def is_unready(self) -> bool:
        return not await self.is_ready()

    def urls(self) -> Sequence[str]:
        """Tell where it is, to who goes nowhere else."""
        return [self.url]

    @property
    def said(self) -> str:
        """All that its processes have logged so far."""
        now = [self.server.log.read_text()] if self.server else []
        return "".join([*self._said, *now])

    @property
    def pid(self) -> int:
        return self._process.process.pid

    @property
    def is_alive(self) -> bool:
        return self.server is not None and self.server.process.returncode is None

    @property
    def _process(self) -> ServerProcess:
        assert self.server is not None
        return self.server

    async def _ended(self) -> None:
        self._said.append(self._process.log.read_text())
        self.server = None
        await self._running.aclose()

    async def close(self) -> None:
        if self.server is not None:
            await self.kill()


async def start_all(*places: Place) -> None:
    async with asyncio.TaskGroup() as group:
        for place in places:
            group.create_task(place.start())
