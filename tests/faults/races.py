"""Commands that race each other to two processes."""

import asyncio
from collections.abc import Mapping
from typing import Any

from tests.faults.documents import COMMANDS
from tests.faults.match import free
from tests.faults.player import Player
from tests.faults.scene import Scene

TWO_ANSWERS = "TWO_ANSWERS"
WISHES = 3
"""How many moves each player sends at once, whosever turn it is."""


class Twin(Player):
    """Sends each command to all servers at once, with one id."""

    async def _post(
        self, document: str, variables: Mapping[str, object], token: str | None
    ) -> dict[str, Any]:
        if document not in COMMANDS.values():
            return await super()._post(document, variables, token)
        answers = await asyncio.gather(
            *(self._post_to(url, document, variables, token) for url in self.urls())
        )
        accepted = [each for each in answers if "code" not in next(iter(each.values()))]
        if any(each != accepted[0] for each in accepted):
            self.history.told[TWO_ANSWERS] += 1
        return accepted[0] if accepted else answers[0]


async def raced(scene: Scene) -> None:
    """Play games in which every command is sent twice at once, and games without any order."""
    for _ in scene.rounds(8):
        async with scene.playing(kind=Twin, matches=2):
            await scene.progress(60 if scene.short else 150)
        scene.lifted()
        await _free_for_all(scene)
    scene.hold(not scene.history.told[TWO_ANSWERS], "both servers give the one answer")


async def _free_for_all(scene: Scene) -> None:
    """Have both players send several moves at once, on and on: all at most one turn's wish."""
    x, o = (scene.player(over_http=True) for _ in "XO")
    created = await x.persistent("createGame", mark="X", preset="FOUR_IN_A_ROW")
    game_id = str(created.game)
    await o.persistent("joinGame", gameId=game_id)
    tokens = [await each.intratoken(game_id) for each in (x, o)]
    game = await x.read(game_id)
    while game["status"] == "PLAYING":
        cells = free(game) or [(0, 0)]
        await asyncio.gather(
            *(
                player.command("makeMove", token, gameId=game_id, row=row, column=column)
                for player, token in zip((x, o), tokens, strict=True)
                for row, column in scene.dice.choices(cells, k=WISHES)
            )
        )
        game = await x.read(game_id)
