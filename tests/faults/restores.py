"""A log that is restored to an earlier point, and read models that are made again."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

from tests.faults.match import free
from tests.faults.place import start_all
from tests.faults.player import Player
from tests.faults.scene import Scene
from tests.faults.waiting import PATIENCE
from xogql.upkeep import rebuild_readmodels

MODELS = ("game", "player", "rematch", "seat")

_BACKUP = "create table backup as select * from event"
_RESTORE = """
begin;
alter table event disable trigger user;
truncate event;
insert into event overriding system value select * from backup;
alter table event enable trigger user;
drop table backup;
commit
"""


async def restored(scene: Scene) -> None:
    """Go back to a backup in the middle of a game: cursors of it then lie in the future."""
    x, o = scene.player(), scene.player()
    created = await x.persistent("createGame", mark="X", preset="FOUR_IN_A_ROW")
    game = str(created.game)
    await o.persistent("joinGame", gameId=game)
    tokens = [await each.intratoken(game) for each in (x, o)]
    await _play(game, (x, o), tokens, moves=4)
    await scene.database.execute(_BACKUP)
    kept = (await x.read(game))["version"]
    with scene.forgetting():
        await _play(game, (x, o), tokens, moves=4)
        lost = (await x.read(game))["version"]
    await _restore(scene)
    scene.lifted()
    follower = scene.player()
    scene.hold(await follower.corrected(game, lost) == kept, "a cursor in the future is told so")
    async with asyncio.timeout(PATIENCE), aclosing(follower.follow(game, None)) as events:
        snapshot = await anext(events)
        scene.hold(snapshot["version"] == kept, "the game is at the backup's version")
        await _play(game, (x, o), tokens, moves=1)
        scene.hold((await anext(events))["version"] == kept + 1, "and goes on from there")
    async with scene.playing():
        await scene.progress(20)


async def _play(game: str, players: Sequence[Player], tokens: Sequence[str], moves: int) -> None:
    for _ in range(moves):
        seen = await players[0].read(game)
        turn = "XO".index(seen["turn"])
        row, column = free(seen)[0]
        wished = {"gameId": game, "row": row, "column": column}
        await players[turn].persistent("makeMove", tokens[turn], **wished)


async def _restore(scene: Scene) -> None:
    """Do as the operator is told: no server runs meanwhile."""
    for place in scene.stage.places:
        await place.stop()
    await scene.database.script(_RESTORE)
    await rebuild_readmodels(scene.database.url, lambda _: None)
    await start_all(*scene.stage.places)


async def rebuilt(scene: Scene) -> None:
    """Make the read models again while games are played: they come to what they were."""
    async with scene.playing():
        for _ in scene.rounds(6, 2):
            await scene.progress(scene.dice.randrange(5, 60))
            await rebuild_readmodels(scene.database.url, lambda _: None)
            scene.lifted()
    kept = await _models(scene)
    await rebuild_readmodels(scene.database.url, lambda _: None)
    scene.hold(await _models(scene) == kept, "what was kept is what the log comes to")


async def _models(scene: Scene) -> Sequence[Sequence[Any]]:
    return [
        await scene.database.fetch(f"select * from {model} order by {model}") for model in MODELS
    ]
