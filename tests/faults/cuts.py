"""Clients whose line breaks in the middle of an answer, and cursors of every kind."""

import asyncio
from contextlib import AsyncExitStack, aclosing

from tests.faults.relay import relay_to
from tests.faults.scene import Scene
from tests.faults.waiting import PATIENCE


async def client_cut(scene: Scene) -> None:
    """Break each line after some bytes of answers: of a mutation's, or of a subscription's."""
    async with AsyncExitStack() as stack:
        relays = [
            await stack.enter_async_context(relay_to(each.url)) for each in scene.stage.places
        ]
        for each in relays:
            each.breaks = scene.dice
        async with scene.playing(urls=lambda: [each.url for each in relays]):
            for _ in scene.rounds(10, 2):
                await scene.progress(30)
                scene.lifted()
    await _cursors(scene)


async def _cursors(scene: Scene) -> None:
    """Follow a game that is over after each of its versions, and after none that it has.

    What has come after its end, for a rematch, is not told to who does not stay.
    """
    game = str(scene.history.acknowledged[0].game)
    follower = scene.player()
    newest, end = (await follower.read(game))["version"], 0
    for after in range(newest + 1):
        async with asyncio.timeout(PATIENCE), aclosing(follower.follow(game, after)) as events:
            versions = [each["version"] async for each in events]
        end = max(versions, default=end)
        scene.hold(versions == list(range(after + 1, end + 1)), f"{versions} follow {after}")
    for beyond in (-1, newest + 1, 2**31 - 1):
        scene.hold(await follower.corrected(game, beyond) == newest, f"{beyond} is out of range")
