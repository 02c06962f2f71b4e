"""A game between two players, or against the house, from its creation to its end."""

import asyncio
from contextlib import aclosing
from random import Random

from tests.faults.history import Answer
from tests.faults.player import Player

READS = 0.1
"""How often a player looks at the game after a move."""

OFFERS, ANSWERS, WITHDRAWS = 0.1, 0.7, 0.2
"""How often something is offered after a move, an offer answered, one's own withdrawn."""

AGAIN, BOTH_OFFER = 0.5, 0.3
"""How often two play again, and how often both offer it."""

ABORTS = 0.05
"""How often a game is called off before it has begun in earnest, by each of its players."""

CREATED = 2
"""The version at which a game has both players."""

LEVELS = ("EASY", "MEDIUM", "HARD")
SIZES = ({"preset": "TIC_TAC_TOE"}, {"preset": "FOUR_IN_A_ROW"})


async def play(x: Player, o: Player, dice: Random, spectator: Player | None = None) -> None:
    """Play a whole game, and perhaps again; everybody follows it from its first event to its last.

    Who has played again has changed marks.
    """
    created = await x.persistent("createGame", mark="X", **dice.choice(SIZES))
    game_id: str | None = str(created.game)
    await o.persistent("joinGame", gameId=game_id)
    while game_id is not None:
        again = dice.random() < AGAIN
        async with asyncio.TaskGroup() as both:
            insists = dice.random() < BOTH_OFFER
            agreed = both.create_task(_sit(x, "X", game_id, again=again, insists=True))
            both.create_task(_sit(o, "O", game_id, again=again, insists=insists))
            if spectator is not None:
                both.create_task(_watch(spectator, game_id))
        game_id, x, o = agreed.result(), o, x


async def play_the_house(player: Player, dice: Random, spectator: Player | None = None) -> None:
    """Play a whole game against the house, and perhaps again.

    Its moves are made and told as anybody's are, and it answers offers.
    """
    mark, level = dice.choice("XO"), dice.choice(LEVELS)
    wished = {"opponent": "HOUSE", "level": level, **dice.choice(SIZES)}
    created = await player.persistent("createGame", mark=mark, **wished)
    game_id: str | None = str(created.game)
    while game_id is not None:
        again = dice.random() < AGAIN
        async with asyncio.TaskGroup() as both:
            agreed = both.create_task(_sit(player, mark, game_id, again=again, insists=True))
            if spectator is not None:
                both.create_task(_watch(spectator, game_id))
        game_id, mark = agreed.result(), "O" if mark == "X" else "X"


async def _sit(
    player: Player, mark: str, game_id: str, *, again: bool, insists: bool
) -> str | None:
    """Play a game to its end, or until there is another that was agreed on: give that.

    Who plays *again* and *insists* offers it; who does not insist waits for the offer.
    """
    token = await player.intratoken(game_id)
    async with aclosing(player.follow(game_id, stay=again)) as events:
        async for event in events:
            if event["__typename"] == "RematchAgreed":
                rematch: str = event["rematch"]["id"]
                return rematch
            await _answer(player, mark, token, event["game"])
            await _move(player, mark, token, event["game"])
            await _offer(player, token, event, again=again and insists)
    return None


async def _answer(player: Player, mark: str, token: str, game: Answer) -> None:
    """Say yes or no to what the other has offered, or nothing; a rematch is always welcome."""
    for offer in game["offers"]:
        wished = {"gameId": game["id"], "kind": offer["kind"]}
        if offer["mark"] != mark and offer["kind"] == "REMATCH":
            await player.persistent("acceptOffer", token, **wished)
        elif offer["mark"] != mark and player.dice.random() < ANSWERS:
            answer = player.dice.choice(("acceptOffer", "declineOffer"))
            await player.command(answer, token, **wished)


async def _offer(player: Player, token: str, event: Answer, *, again: bool) -> None:
    """Offer something now and then; and after the end to play again, if that is wished for."""
    game, wished = event["game"], {"gameId": event["game"]["id"]}
    if event["__typename"] == "GameEnded":
        if again:
            await player.persistent("makeOffer", token, kind="REMATCH", **wished)
    elif event["__typename"] == "MoveMade" and player.dice.random() < OFFERS:
        kind = player.dice.choice(("DRAW", "TAKEBACK", "TAKEBACK"))
        await player.command("makeOffer", token, kind=kind, **wished)
        if player.dice.random() < WITHDRAWS:
            await player.command("withdrawOffer", token, kind=kind, **wished)
    elif game["version"] == CREATED and player.dice.random() < ABORTS:
        await player.command("abortGame", token, **wished)


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
