"""The server processes of a world: some of them serve, some have gone."""

import asyncio
from collections.abc import Sequence

from tests.simulation.carrier import Carrier
from tests.simulation.log import SharedLog
from tests.simulation.server import Server


class Fleet:
    """As many processes as there are places; who crashes is replaced."""

    def __init__(self, log: SharedLog, carrier: Carrier, size: int) -> None:
        self._log = log
        self._carrier = carrier
        self._started: list[Server] = []
        self._some = asyncio.Event()
        self._places: list[Server | None] = [self._start() for _ in range(size)]

    async def any(self) -> Server:
        """Give a process that serves; wait for one."""
        await self._some.wait()
        return self._log.dice.choice([each for each in self._places if each is not None])

    async def replace(self, downtime: float) -> None:
        """Have some process crash or stop, and another come in its place."""
        place = self._log.dice.randrange(len(self._places))
        if (server := self._places[place]) is None:
            return
        self._places[place] = None
        if not any(self._places):
            self._some.clear()
        crashes = self._log.dice.random() < 0.7
        self._log.trace.note("crash" if crashes else "stop", server.name)
        await (server.crash() if crashes else server.stop())
        await asyncio.sleep(downtime)
        self._places[place] = self._start()

    async def stop(self) -> None:
        """Stop every process."""
        for each in self._places:
            if each is not None:
                await each.stop()

    def leftovers(self) -> Sequence[str]:
        """Tell what is still registered with any process there ever was."""
        return [what for each in self._started for what in each.leftovers()]

    def _start(self) -> Server:
        server = Server(f"server-{len(self._started)}", self._log, self._carrier)
        self._started.append(server)
        self._some.set()
        return server
