"""What a process holds of its host: open files and memory."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PATIENCE = 30.0
"""How long leaving may take, in seconds; only what never leaves meets it."""

MARGIN = 32 * 1024
"""KiB that caches may grow by."""

_OFTEN = 0.05


@dataclass(frozen=True)
class Footprint:
    """*files*: open ones, sockets among them; *memory*: resident, in KiB."""

    files: int
    memory: int

    @classmethod
    def of(cls, process: int) -> Self:
        folder = Path("/proc") / str(process)
        resident = re.search(r"^VmRSS:\s+(\d+) kB", (folder / "status").read_text(), re.MULTILINE)
        assert resident is not None
        return cls(len(list((folder / "fd").iterdir())), int(resident[1]))

    @staticmethod
    def can_be_taken() -> bool:
        return Path("/proc/self/fd").exists()

    async def reached_again(self, process: int) -> None:
        """Wait until the process holds no more than this, but for a margin of memory."""
        async with asyncio.timeout(PATIENCE):
            while True:
                now = Footprint.of(process)
                if now.files <= self.files:
                    break
                await asyncio.sleep(_OFTEN)
        assert now.memory < self.memory + MARGIN, (self, now)
