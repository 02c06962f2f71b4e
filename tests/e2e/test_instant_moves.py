"""A move made the instant after the opponent began to follow: a thousand times, never missed.

The backstop is an hour away: what is missed here is never heard.
"""

from itertools import product

import pytest

from tests.e2e.clients import begun, signed_up
from tests.e2e.in_process import serving, without_a_backstop
from tests.e2e.sockets import Operation, Socket

LARGEST = {"rows": 19, "columns": 19, "line": 19}
CELLS = list(product(range(19), repeat=2))[:334]
"""The marks alternate along rows and columns; no diagonal is whole before the 342nd."""

MOVE = """mutation ($input: MakeMoveInput!) { makeMove(input: $input) { __typename } }"""
FOLLOW = """subscription ($gameId: ID!, $after: Int) {
  gameEvents(gameId: $gameId, after: $after) { __typename version } }"""


async def test_a_move_made_as_the_opponent_begins_to_follow_is_never_missed(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_a_backstop(monkeypatch)
    async with serving(database_url) as here, serving(database_url) as there:
        ann, bob = await signed_up(here, "ann"), await signed_up(there, "bob")
        for _ in range(3):
            match = await begun(ann, bob, rules=LARGEST)
            async with match.x.socket() as of_ann, match.o.socket() as of_bob:
                for turn in range(len(CELLS)):
                    sockets = (of_ann, of_bob) if turn % 2 == 0 else (of_bob, of_ann)
                    await moves_as_the_other_begins_to_follow(match.id, turn, *sockets)


async def moves_as_the_other_begins_to_follow(
    game_id: str, turn: int, mover: Socket, follower: Socket
) -> None:
    """Every other pair of turns the follower begins with a snapshot."""
    known = {"after": turn + 2} if turn % 4 < 2 else {}
    row, column = CELLS[turn]

    news = await follower.begin(FOLLOW, gameId=game_id, **known)
    wished = {"gameId": game_id, "row": row, "column": column}
    moved = await mover.begin(MOVE, input=wished)

    assert [each async for each in moved] == [{"makeMove": {"__typename": "MakeMoveSuccess"}}]
    await hears(news, turn + 3, snapshot=not known)
    await follower.send("complete", id=news.id)


async def hears(news: Operation, version: int, *, snapshot: bool) -> None:
    """Hear the move that leads to *version*: by itself, or in or after a snapshot."""
    first = (await anext(news))["gameEvents"]
    if snapshot:
        assert first["__typename"] == "GameSnapshot"
        if first["version"] == version:
            return
        assert first["version"] == version - 1
        first = (await anext(news))["gameEvents"]
    assert first == {"__typename": "MoveMade", "version": version}
