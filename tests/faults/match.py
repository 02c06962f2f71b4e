"""A game between two players, or against the house, from its creation to its end."""

import asyncio
from contextlib import aclosing
from random import Random

from tests.faults.history import Answer
from tests.faults.player import Player

READS = 0.1
"""How often a player looks at the game after a move."""

LEVELS = ("EASY", "MEDIUM", "HARD")
SIZES = ({"preset": "TIC_TAC_TOE"}, {"preset": "FOUR_IN_A_ROW"})


async def play(x: Player, o: Player, dice: Random, spectator: Player | None = None) -> None:
    """Play a whole game; everybody follows it from its first event to its last."""
    created = await x.persistent("createGame", mark="X", **dice.choice(SIZES))
    game_id = str(created.game)
    await o.persistent("joinGame", gameId=game_id)
    async with asyncio.TaskGroup() as both:
        both.create_task(_sit(x, "X", game_id))
        both.create_task(_sit(o, "O", game_id))
        if spectator is not None:
            both.create_task(_watch(spectator, game_id))


async def play_the_house(player: Player, dice: Random, spectator: Player | None = None) -> None:
    """Play a whole game against the house: its moves are made and told as anybody's are."""
    mark, level = dice.choice("XO"), dice.choice(LEVELS)
    wished = {"opponent": "HOUSE", "level": level, **dice.choice(SIZES)}
    created = await player.persistent("createGame", mark=mark, **wished)
    game_id = str(created.game)
    async with asyncio.TaskGroup() as both:
        both.create_task(_sit(player, mark, game_id))
        if spectator is not None:
            both.create_task(_watch(spectator, game_id))


async def _sit(player: Player, mark: str, game_id: str) -> None:
    token = await player.intratoken(game_id)
    async with aclosing(player.follow(game_id)) as events:
        async for event in events:
            await _move(player, mark, token, event["game"])


async def _move(player: Player, mark: str, token: str, game: Answer) -> None:
    """Move, if it is one's turn; who gave a move up looks at the game and decides anew."""
    while game["turn"] == mark and (cells := free(game)):
        await asyncio.sleep(player.dice.uniform(0, player.longest_thought))
        row, column = player.dice.choice(cells)
        wished = {"gameId": game["id"], "row": row, "column": column}
        sent = await player.command("makeMove", token, **wished)
        if player.dice.random() < READS or sent is None:
            game = await player.read(game["id"])
        if sent is not None:
            return


def free(game: Answer) -> list[tuple[int, int]]:
    rows = game["board"]["rows"]
    return [
        (row, column)
        for row, marks in enumerate(rows)
        for column, mark in enumerate(marks)
        if mark is None
    ]


async def _watch(spectator: Player, game_id: str) -> None:
    async with aclosing(spectator.follow(game_id)) as events:
        async for _ in events:
            pass
