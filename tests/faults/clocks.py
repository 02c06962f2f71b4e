"""A host whose clock jumps."""

import asyncio
import subprocess
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import which

from tests.e2e.sockets import RefusedError
from tests.faults.fault import NotRunError
from tests.faults.player import Player
from tests.faults.scene import Scene
from tests.faults.stage import Stage, sign_up

SOURCE = Path(__file__).with_name("clock.c")
LITTLE = 2
"""Seconds to either side: from one end to the other is less than the tokens' leeway, which is 5."""

NO_COMPILER = "a C compiler is needed to move a process's clock"
YEAR = 365 * 24 * 3600


class JumpingClock:
    """The clock of one server process; the other's and Postgres' are right."""

    def __init__(self) -> None:
        self._offset = Path()

    def set(self, seconds: int) -> None:
        """Move it this far from the right time."""
        with self._offset.open("r+b") as file:
            file.write(seconds.to_bytes(8, "little", signed=True))

    @asynccontextmanager
    async def setting(self, stage: Stage) -> AsyncGenerator[Stage]:
        compiler = which("cc")
        if compiler is None:
            raise NotRunError(NO_COMPILER)
        library, self._offset = stage.folder / "clock.so", stage.folder / "offset"
        self._offset.write_bytes(bytes(8))
        command = (compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl")
        await asyncio.to_thread(subprocess.run, command, check=True)
        environment = {"LD_PRELOAD": str(library), "XOGQL_TEST_CLOCK": str(self._offset)}
        async with stage.served_by(stage.place("jumping", environment), stage.places[0]) as own:
            yield own

    async def act(self, scene: Scene) -> None:
        await self._little(scene)
        await self._far(scene)

    async def _little(self, scene: Scene) -> None:
        """Jump within the leeway while games are played, and while people come in."""
        async with scene.playing():
            for _ in scene.rounds(10, 3):
                self.set(scene.dice.randint(-LITTLE, LITTLE))
                scene.lifted()
                await scene.progress(scene.dice.randrange(5, 30))
                jumping, right = scene.stage.places
                for place, other in ((jumping, right), (right, jumping)):
                    [account] = await sign_up(place, 1)
                    newcomer = scene.player(other.urls, account)
                    await newcomer.persistent("createGame", mark="O")

    async def _far(self, scene: Scene) -> None:
        """Jump by a year: tokens are refused as what they seem to be, and good again later."""
        jumping, _ = scene.stage.places
        client = scene.player(jumping.urls, over_http=True)
        for seconds, code in ((YEAR, "TOKEN_EXPIRED"), (-YEAR, "TOKEN_INVALID")):
            self.set(seconds)
            scene.hold(await _refusal(client) == code, f"{seconds:+} seconds: {code}")
        self.set(0)
        scene.lifted()
        await client.persistent("createGame", mark="X")


async def _refusal(client: Player) -> str:
    try:
        await client.command("createGame", mark="X")
    except RefusedError as refused:
        return refused.codes[0]
    return ""
