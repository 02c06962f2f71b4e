"""Hints that do not arrive, arrive twice, or lie; and a notification queue that is full."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import asyncpg
from sqlalchemy import make_url

from tests.faults.fault import NotRunError
from tests.faults.scene import Scene
from tests.faults.stage import Stage
from tests.faults.waiting import until
from xogql.live.broadcasting import CHANNEL
from xogql.live.listener import LISTENER
from xogql.live.notifier import NOTIFIER
from xogql.live.wakeups import NEWEST

LARGE_QUEUE = "before PostgreSQL 17 the queue has 8 GB"
JUNK = "select pg_notify('junk', number || repeat('x', 7900)) from generate_series(1, 8) as number"


async def listener_cut(scene: Scene) -> None:
    """Cut the connections that LISTEN and NOTIFY, again and again."""
    async with scene.playing():
        for _ in scene.rounds(12, 3):
            await scene.progress(scene.dice.randrange(5, 30))
            await scene.database.terminate(LISTENER, NOTIFIER)
            scene.lifted()


async def listener_silent(scene: Scene) -> None:
    """Have nothing more come over the connections that LISTEN and NOTIFY: nobody closes them."""
    wire = scene.stage.wire
    async with scene.playing():
        for _ in scene.rounds(4):
            await scene.progress(scene.dice.randrange(5, 30))
            silenced = await scene.database.backends(LISTENER)
            wire.silence()
            scene.lifted()
            await scene.progress(20)
            await until(partial(_are_replaced, scene, silenced))
            for place in scene.stage.places:
                await until(place.is_ready)


async def _are_replaced(scene: Scene, silenced: Sequence[int]) -> bool:
    """Tell whether each server listens anew; Postgres does not know that the old ones are dead."""
    anew = set(await scene.database.backends(LISTENER)) - set(silenced)
    return len(anew) >= len(scene.stage.places)


async def queue_full(scene: Scene) -> None:
    """Freeze a listener's backend, and fill the queue that it keeps from being emptied."""
    if not scene.database.has_queue_setting:
        raise NotRunError(LARGE_QUEUE)
    async with scene.playing():
        for _ in scene.rounds(3):
            await scene.progress(scene.dice.randrange(5, 30))
            frozen = scene.dice.choice(await scene.database.backends(LISTENER))
            scene.database.freeze(frozen)
            try:
                while await _notified(scene):
                    pass
                scene.lifted()
                await scene.progress(30)
                scene.hold(not await _notified(scene), "the queue stays full meanwhile")
            finally:
                scene.database.thaw(frozen)
            await until(lambda: _notified(scene))
            await scene.progress(10)


async def _notified(scene: Scene) -> bool:
    """Notify nobody; tell whether the queue has room."""
    try:
        await scene.database.execute(JUNK)
    except asyncpg.PostgresError as error:
        if "NOTIFY queue" not in str(error):
            raise
        return False
    return True


async def hints_lost(scene: Scene) -> None:
    """Have the servers hear nothing of each other, while they believe that all is well."""
    scene.lifted()
    async with scene.playing():
        for _ in scene.rounds(6):
            await scene.progress(15)
            scene.lifted()


@asynccontextmanager
async def deaf_server(stage: Stage) -> AsyncGenerator[Stage]:
    """Have one server LISTEN and NOTIFY in another database: neither hears of the other."""
    elsewhere = make_url(stage.database.url).set(database="postgres")
    deaf = stage.place("deaf", listen_url=elsewhere.render_as_string(hide_password=False))
    async with stage.served_by(stage.places[0], deaf) as own:
        yield own


async def hints_forged(scene: Scene) -> None:
    """Send hints that are doubled, out of order, from the future, of nothing, and no hints."""
    connection = await asyncpg.connect(scene.database.url)
    try:
        async with scene.playing():
            for _ in scene.rounds(40, 8):
                await scene.progress(scene.dice.randrange(1, 10))
                for payload in _forged(scene):
                    await connection.execute("select pg_notify($1, $2)", CHANNEL, payload)
                scene.lifted()
    finally:
        await connection.close()


def _forged(scene: Scene) -> list[str]:
    games = {str(each.game) for each in scene.history.acknowledged[-20:]}
    hints = [f"{game}={version}" for game in sorted(games) for version in (NEWEST, 9, 2, 9, 1)]
    scene.dice.shuffle(hints)
    return [*hints, " ".join(hints[:50]), "*", "lobby", "game-=1", "x=y", "", "\U0001f514" * 999]
