"""A client's process: it is told by lines of JSON what to do, and tells what comes of it."""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from tests.clients.library import Library

PATIENCE = 120.0
"""Nothing takes so long, in seconds; only what hangs meets it."""

LONGEST_LINE = 1 << 20

Answer = dict[str, Any]


class Program:
    """Players at one server, each with clients of one library."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._changed = asyncio.Condition()
        self.events: dict[str, list[Answer]] = defaultdict(list)
        self.issued: dict[str, int] = defaultdict(int)
        self.over: set[str] = set()
        self.failures: list[str] = []

    def begin(self, player: str, what: str, **more: object) -> asyncio.Future[Any]:
        """Give an order; the answer comes when it is carried out."""
        number = len(self._answers)
        order = {"number": number, "player": player, "what": what, **more}
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(order)}\n".encode())
        self._answers[number] = asyncio.get_running_loop().create_future()
        return self._answers[number]

    async def order(self, player: str, what: str, **more: object) -> Any:
        async with asyncio.timeout(PATIENCE):
            return await self.begin(player, what, **more)

    async def ask(self, player: str, document: str, **variables: object) -> Answer:
        """Send a document of `documents`, and give the answer's one field."""
        return only(await self.order(player, "ask", document=document, variables=variables))

    def command(self, player: str, document: str, **given: object) -> asyncio.Future[Any]:
        return self.begin(player, "ask", document=document, variables={"input": given})

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of what was told, or something failed."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: holds() or bool(self.failures))
        assert self.failures == []

    async def saw(self, version: int, *players: str) -> None:
        """Wait until each of the players has seen an event of that version."""
        await self.until(lambda: all(version in self.versions(each) for each in players))

    def versions(self, player: str) -> list[int]:
        return [each["version"] for each in self.events[player]]

    async def listen(self) -> None:
        """Hear what it tells until it ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            await self._heard(json.loads(line))
        for number in self._awaited:
            await self._heard({"number": number, "failed": "The program has ended"})

    @property
    def _awaited(self) -> list[int]:
        return [number for number, answer in self._answers.items() if not answer.done()]

    async def _heard(self, told: Answer) -> None:
        async with self._changed:
            self._hear(told)
            self._changed.notify_all()

    def _hear(self, told: Answer) -> None:
        match told:
            case {"number": number, "answer": answer}:
                self._answers[number].set_result(answer)
            case {"number": number, "failed": failure}:
                self._answers[number].set_exception(RuntimeError(failure))
            case {"failed": failure}:
                self.failures.append(failure)
            case {"player": player, "event": event}:
                self.events[player].append(event)
            case {"player": player, "issued": _}:
                self.issued[player] += 1
            case {"player": player, "over": _}:
                self.over.add(player)
            case _:
                self.failures.append(f"It told {told}")


def only(answer: Answer) -> Answer:
    """Give the value of the one field."""
    (value,) = answer.values()
    given: Answer = value
    return given


@asynccontextmanager
async def running(library: Library, url: str) -> AsyncGenerator[Program]:
    """Run a client's program for the block; it ends with its input."""
    process = await asyncio.create_subprocess_exec(
        *library.command, url, cwd=library.folder, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
    )
    program = Program(process)
    listening = asyncio.ensure_future(program.listen())
    try:
        yield program
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await _ended(process)
        await listening
    assert program.failures == []


async def _ended(process: Process) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
