"""A process that thinks, as its owner has it: begun when it is needed, replaced when it fails."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import xogql
from xogql.play.thinking import HEAD
from xogql.play.thoughts import T, Thought

GRACE = 5.0
"""How much longer a thought may take than it should, in seconds: a process has to start, too."""

MOST_MEMORY = 256 << 20
"""Bytes after which a process is replaced: it remembers what it has seen of each kind of board."""

LINGER = 60.0
"""How long a process waits for another thought, in seconds."""

# Without site-packages: what thinks needs the standard library and our rules.
_COMMAND = (sys.executable, "-S", "-P", "-m", "xogql.play.thinking")


class ThoughtLostError(Exception):
    """The process that thought about it is gone, or took too long and was killed."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Thinker:
    """One process, and one thought at a time."""

    def __init__(self) -> None:
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """Its process, while there is one."""
        return None if self._process is None else self._process.pid

    async def think(self, thought: Thought[T], seconds: float) -> T:
        """Have a thought answered: as well as can be in so many *seconds*.

        Raises:
            ThoughtLostError: if there was no answer.
        """
        stays = False
        try:
            async with asyncio.timeout(seconds + GRACE):
                answer, memory = await self._ask(thought, seconds)
            stays = memory <= MOST_MEMORY
        except (TimeoutError, OSError, EOFError, pickle.PickleError) as error:
            raise ThoughtLostError from error
        finally:
            if not stays:
                await self.rest()
        return answer

    async def rest(self) -> None:
        """End the process; the next thought begins another."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _ask(self, thought: Thought[T], seconds: float) -> tuple[T, int]:
        """Give the answer, and how much memory the process has needed."""
        process = self._process or await self._begin()
        asked, answers = process.stdin, process.stdout
        if asked is None or answers is None:
            raise EOFError
        asked.write(pickle.dumps((thought, seconds)))
        await asked.drain()
        length = int.from_bytes(await answers.readexactly(HEAD), "big")
        answer: tuple[T, int] = pickle.loads(await answers.readexactly(length))  # noqa: S301 - of our own
        return answer

    async def _begin(self) -> Process:
        """Begin a process in a session of its own: Ctrl-C is for its owner, who ends it."""
        self._process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=PIPE, stdout=PIPE, env=_environment(), start_new_session=True
        )
        return self._process


@asynccontextmanager
async def thinking() -> AsyncGenerator[Thinker]:
    """Have a thinker for the block."""
    thinker = Thinker()
    try:
        yield thinker
    finally:
        await thinker.rest()


async def resting(thinker: Thinker, take: Callable[[], Awaitable[T]]) -> T:
    """Wait for something to think about; the process ends if there is nothing for long."""
    try:
        async with asyncio.timeout(LINGER):
            return await take()
    except TimeoutError:
        await thinker.rest()
        return await take()


def _environment() -> dict[str, str]:
    """Give ours, without our secrets, and with the place of this package."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XOGQL_")}
    return kept | {"PYTHONPATH": str(Path(xogql.__file__).parents[1])}
