"""Games against the house, as people play them."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

from tests.e2e.clients import Answer, Player, Seat

Cell: TypeAlias = tuple[int, int]

Choose: TypeAlias = Callable[[Answer], Cell]
"""How somebody chooses where to move."""


async def sat_down(player: Player, **wished: object) -> Seat:
    """Begin a game against the house."""
    return await player.seated(await player.create(opponent="HOUSE", **wished))


async def played(seat: Seat, choose: Choose) -> Sequence[Answer]:
    """Play to the end; give the events as they came."""
    game = await seat.game(seat.game_id)
    own = next(each["mark"] for each in game["players"] if each["player"]["id"] == seat.id)
    seen: list[Answer] = []
    async with seat.following(seat.game_id, after=0) as news:
        async for event in news:
            seen.append(event)
            if is_due(event["game"], own):
                await seat.move(*choose(event["game"]), expectedVersion=event["version"])
    return seen


def is_due(game: Answer, mark: str) -> bool:
    """Tell whether it is the mark's move; after a last move it would be, were it not the last."""
    return game["turn"] == mark and bool(free(game))


def free(game: Answer) -> Sequence[Cell]:
    rows = game["board"]["rows"]
    return [
        (row, column)
        for row, marks in enumerate(rows)
        for column, mark in enumerate(marks)
        if mark is None
    ]


def first(game: Answer) -> Cell:
    return free(game)[0]


def any_of(dice: Random) -> Choose:
    return lambda game: dice.choice(free(game))
