"""LISTEN and NOTIFY as a bell's connections meet them, with all that may befall a hint."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random
from typing import Any

import asyncpg

from tests.simulation.clock import now
from tests.simulation.trace import Trace
from tests.simulation.weather import Weather

Heard = Callable[[object, int, str, object], None]
Ended = Callable[[object], None]


class Carrier:
    """Carries what is notified to whoever listens: late, doubled or not at all, as dice fall.

    *troubled*: when a connection was last cut, or the trouble of one ended.
    """

    def __init__(self, weather: Weather, dice: Random, trace: Trace) -> None:
        self.weather = weather
        self.dice = dice
        self.trace = trace
        self.troubled = 0.0
        self._lines: list[Line] = []
        self._made = 0

    async def connect(
        self,
        dsn: str,
        *,
        command_timeout: float,
        server_settings: Mapping[str, str],
        **_: object,
    ) -> "Line":
        """Stand where asyncpg's `connect` does; *dsn* is the process's name."""
        await self.pass_on()
        self._made += 1
        name = server_settings["application_name"]
        line = Line(self, dsn, name, command_timeout, pid=self._made)
        self._lines.append(line)
        return line

    async def pass_on(self) -> None:
        """Take the time that a message takes."""
        await asyncio.sleep(self.dice.uniform(0, self.weather.latency))

    def notify(self, payload: str, pid: int = 0) -> None:
        """Carry a payload, notified by somebody or by nobody here, to whoever listens."""
        for line in [each for each in self._lines if each.heard is not None]:
            if self.dice.random() < self.weather.lost:
                self.trace.note("hint lost", line, payload)
                continue
            for _ in range(1 + (self.dice.random() < self.weather.doubled)):
                delay = self.dice.uniform(0, self.weather.delay)
                asyncio.get_running_loop().call_later(delay, line.hear, payload, pid)

    def trouble(self) -> None:
        """Cut a connection, or let it die in silence."""
        if self._lines:
            line = self.dice.choice(self._lines)
            self.troubled = now()
            line.silence() if self.dice.random() < 0.5 else line.cut()

    def cut_off(self, process: str) -> None:
        """Cut a process's connections: it is gone."""
        for line in [each for each in self._lines if each.process == process]:
            line.cut()

    def close(self, line: "Line") -> None:
        """Forget a connection."""
        if line in self._lines:
            self._lines.remove(line)


class Line:
    """One connection, with as much of asyncpg's as a bell uses.

    *heard*: told what is notified, once it listens.
    """

    def __init__(
        self, carrier: Carrier, process: str, name: str, patience: float, *, pid: int
    ) -> None:
        self.process = process
        self._pid = pid
        self.heard: Heard | None = None
        self._carrier = carrier
        self._name = name
        self._patience = patience
        self._ended: list[Ended] = []
        self._silent = False
        self._closed = False

    def __str__(self) -> str:
        return f"{self.process}'s {self._name}"

    def get_server_pid(self) -> int:
        """See asyncpg."""
        return self._pid

    def add_termination_listener(self, callback: Ended) -> None:
        """See asyncpg."""
        self._ended.append(callback)

    async def add_listener(self, _channel: str, callback: Heard) -> None:
        """See asyncpg."""
        await self._answered(self._nothing)
        self.heard = callback

    async def fetchrow(self, _query: str, _channel: str) -> Mapping[str, Any]:
        """Answer the heartbeat."""
        await self._answered(self._nothing)
        return {"queue_usage": 0.0, "listens": self.heard is not None}

    async def execute(self, _query: str, _channel: str, payloads: Sequence[str]) -> None:
        """Notify."""

        async def notify() -> None:
            for payload in payloads:
                self._carrier.trace.note("hint", self, payload)
                self._carrier.notify(payload, self._pid)

        await self._answered(notify)

    def hear(self, payload: str, pid: int) -> None:
        """Hear what was notified, unless it went with the connection."""
        if self.heard is not None and not self._silent and not self._closed:
            self._carrier.trace.note("heard", self, payload)
            self.heard(self, pid, "", payload)

    def silence(self) -> None:
        """Die without a word: whoever asks gets no answer."""
        self._carrier.trace.note("silenced", self)
        self._silent = True

    def cut(self) -> None:
        """Die, and have it known."""
        self._carrier.trace.note("cut", self)
        self.terminate()

    def terminate(self) -> None:
        """See asyncpg."""
        self._carrier.close(self)
        if not self._closed:
            self._closed = True
            for each in self._ended:
                asyncio.get_running_loop().call_soon(each, self)

    async def _answered(self, effect: Callable[[], Awaitable[None]]) -> None:
        """Ask, and wait for the answer: whether a lost one had its effect is open."""
        await self._carrier.pass_on()
        if not self._closed and (not self._silent or self._carrier.dice.random() < 0.5):
            await effect()
        if self._silent:
            await asyncio.sleep(self._patience)
            raise TimeoutError
        await self._carrier.pass_on()
        if self._closed:
            raise asyncpg.ConnectionDoesNotExistError

    async def _nothing(self) -> None:
        """Change nothing."""
