"""Server processes that die, and servers that are replaced."""

from itertools import cycle
from time import monotonic

from tests.faults.scene import Scene

LONGEST = 60.0
"""Seconds for which servers are killed: where most can go wrong, more is tried."""

SERVICE_RESTART = 1012
LONGEST_STOP = 10.0
"""Seconds that a deploy waits for a server to end: asked of full runs, which have the machine."""


async def server_killed(scene: Scene) -> None:
    """Kill a server at a random moment, again and again; clients go to the other meanwhile."""
    async with scene.playing():
        for _ in scene.rounds(20, 1, LONGEST):
            await scene.progress(scene.dice.randrange(5, 60))
            place = scene.dice.choice(scene.stage.places)
            await place.kill()
            scene.lifted()
            await scene.progress(scene.dice.randrange(5, 30))
            await place.start()


async def deployed(scene: Scene) -> None:
    """Stop one server after the other in the middle of games, and start it again."""
    async with scene.playing():
        for _, place in zip(scene.rounds(6), cycle(scene.stage.places), strict=False):
            await scene.progress(scene.dice.randrange(5, 30))
            began = monotonic()
            scene.hold(await place.stop() == 0, "a server that is told to stop ends well")
            scene.lifted()
            scene.hold(scene.short or monotonic() - began < LONGEST_STOP, "and soon")
            await place.start()
    codes = {code for each in scene.players for code in each.closes}
    scene.hold(SERVICE_RESTART in codes, f"clients are told to come back, not {codes}")
