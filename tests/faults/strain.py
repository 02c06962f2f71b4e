"""A Postgres that hangs, or is slow; and too few connections to it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import make_url

from tests.faults.relay import Relay, relay_to
from tests.faults.scene import Scene
from tests.faults.stage import Stage

SLOW = 0.2
SMALL_POOL = 2

ROLE = "small"
_ROLE = f"drop role if exists {ROLE}; create role {ROLE} superuser login"
_WAITING = """
select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = $1
"""


@asynccontextmanager
async def _locked(scene: Scene, mode: str) -> AsyncGenerator[None]:
    """Lock the log: `exclusive` lets it be read, but not written."""
    connection = await asyncpg.connect(scene.database.url)
    try:
        async with connection.transaction():
            await connection.execute(f"lock table event in {mode} mode")
            yield
    finally:
        await connection.close()


async def lock_held(scene: Scene) -> None:
    """Hold a lock until commands are told that it took too long."""
    async with scene.playing():
        for _ in scene.rounds(3):
            await scene.progress(scene.dice.randrange(5, 40))
            async with _locked(scene, "exclusive"):
                await scene.refused("TIMEOUT", 2)
                await scene.looks_on()
            await scene.recovered()


@asynccontextmanager
async def hasty_server(stage: Stage) -> AsyncGenerator[Stage]:
    """Have a server that waits two seconds for the log, beside one that waits ten."""
    hasty = stage.place("hasty", operation_timeout="PT2S")
    async with stage.served_by(stage.places[0], hasty) as own:
        yield own


async def pool_exhausted(scene: Scene) -> None:
    """Have more statements hang than a server has connections."""
    async with scene.playing(matches=4):
        for _ in scene.rounds(2):
            await scene.progress(scene.dice.randrange(5, 40))
            async with _locked(scene, "access exclusive"):
                await scene.refused("UNAVAILABLE", 2)
                waiting = (await scene.database.fetch(_WAITING, ROLE))[0][0]
                scene.hold(waiting <= SMALL_POOL, f"{waiting} statements wait")
            await scene.recovered()


@asynccontextmanager
async def small_pool(stage: Stage) -> AsyncGenerator[Stage]:
    """Have a server with two connections, and a name by which its statements are told."""
    await stage.database.script(_ROLE)
    url = make_url(stage.database.url).set(username=ROLE)
    small = stage.place(
        ROLE,
        database_url=url.render_as_string(hide_password=False),
        pool_size=str(SMALL_POOL),
    )
    async with stage.served_by(small) as own:
        yield own


class SlowDatabase:
    """+200 ms for each answer, on and off."""

    def __init__(self) -> None:
        self._relay: Relay | None = None

    @asynccontextmanager
    async def setting(self, stage: Stage) -> AsyncGenerator[Stage]:
        async with relay_to(stage.database.url) as relay:
            self._relay = relay
            slow = stage.place("slow", database_url=relay.url)
            async with stage.served_by(stage.places[0], slow) as own:
                yield own

    async def act(self, scene: Scene) -> None:
        assert self._relay is not None
        async with scene.playing():
            for _ in scene.rounds(3):
                self._relay.delay = SLOW
                await scene.progress(4 if scene.short else 20)
                self._relay.delay = 0.0
                scene.lifted()
                await scene.progress(scene.dice.randrange(5, 10 if scene.short else 60))
