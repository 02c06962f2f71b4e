"""Tokens that end while their holders follow a game."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.e2e.clients import Player as Viewer
from tests.e2e.clients import signed_up
from tests.faults.documents import FOLLOW
from tests.faults.scene import Scene
from tests.faults.stage import Stage
from tests.faults.waiting import until

FORBIDDEN = 4403

LOG_OUT = "mutation { logout { __typename } }"


async def ended(scene: Scene) -> None:
    """Log spectators out at one server who follow at another, and let others' tokens expire."""
    here, brief = (each.server for each in scene.stage.places)
    assert here is not None
    assert brief is not None
    async with scene.playing():
        await scene.progress(5)
        for _ in scene.rounds(6):
            gone, late = await signed_up(here, "gone"), await signed_up(brief, "late")
            game = str(scene.history.acknowledged[-1].game)
            async with gone.on(brief).socket() as one, late.on(here).socket() as other:
                for socket in (one, other):
                    await socket.begin(FOLLOW, gameId=game, after=0)
                    await socket.receive()
                await gone.ask(LOG_OUT)
                scene.lifted()
                closes = await asyncio.gather(one.closed(), other.closed())
            scene.hold(closes[0] == (FORBIDDEN, "TOKEN_REVOKED"), f"logged out: {closes[0]}")
            scene.hold(closes[1] == (FORBIDDEN, "TOKEN_EXPIRED"), f"expired: {closes[1]}")
            for each, code in ((gone, "TOKEN_REVOKED"), (late, "TOKEN_EXPIRED")):
                await _refused(scene, each, code)


async def _refused(scene: Scene, viewer: Viewer, code: str) -> None:
    """Wait until no server tells anything any more: an expired token has some leeway."""
    for place in scene.stage.places:
        assert place.server is not None
        there = viewer.on(place.server)

        async def is_refused(there: Viewer = there) -> bool:
            errors = (await there.post("{ me { id } }")).json().get("errors", ())
            return [each["extensions"]["code"] for each in errors] == [code]

        await until(is_refused)


@asynccontextmanager
async def brief_tokens(stage: Stage) -> AsyncGenerator[Stage]:
    """Have a server whose tokens are good for four seconds, besides their leeway."""
    async with stage.served_by(
        stage.places[0], stage.place("brief", access_lifetime="PT4S")
    ) as own:
        yield own
