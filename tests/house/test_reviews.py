"""The review of a game that has ended."""

import asyncio
from random import Random

import pytest

from tests.e2e.clients import Answer, Match, Player, begun, signed_up
from tests.e2e.in_process import serving
from tests.e2e.servers import Server
from tests.house.opponents import any_of, played, sat_down

REVIEW = """query ($id: ID!) { game(id: $id) { version review { exact positions {
  version moveNumber turn value isMistake better { row column }
  options { row column verdict score } played { row column verdict score } } } } }"""
AT = """query ($id: ID!, $version: Int!) { game(id: $id) {
  at(version: $version) { moves { row column } review { exact } } } }"""
BLUNDER = ((0, 0), (0, 1), (1, 1), (0, 2), (2, 2))
"""O answers the corner at the edge, and then does not block."""


async def reviewed(player: Player, game_id: str) -> Answer:
    review: Answer = (await player.ask(REVIEW, id=game_id))["game"]["review"]
    return review


async def test_a_small_game_is_reviewed_exactly(ann: Player, bob: Player) -> None:
    match = await begun(ann, bob)
    await match.play(*BLUNDER)

    review = await reviewed(ann, match.id)

    positions = review["positions"]
    assert review["exact"]
    assert [each["moveNumber"] for each in positions] == list(range(6))
    assert [each["version"] for each in positions] == list(range(2, 8))
    assert [each["turn"] for each in positions] == ["X", "O", "X", "O", "X", None]
    assert [each["value"] for each in positions] == [0, 0, 1, 1, 1, 1]
    assert [each["isMistake"] for each in positions] == [False, True, *[False] * 4]
    assert positions[1]["better"] == [{"row": 1, "column": 1}]
    assert positions[1]["played"] == {"row": 0, "column": 1, "verdict": "LOSES", "score": -1}
    assert [len(each["options"]) for each in positions] == [9, 8, 7, 6, 5, 0]
    assert positions[-1]["played"] is None


async def test_each_position_is_the_game_at_its_version(ann: Player, bob: Player) -> None:
    match = await begun(ann, bob)
    await match.play(*BLUNDER)

    for position in (await reviewed(bob, match.id))["positions"]:
        game = (await bob.ask(AT, id=match.id, version=position["version"]))["game"]
        assert len(game["at"]["moves"]) == position["moveNumber"]
        assert game["at"]["review"] is None


async def test_a_large_game_is_reviewed_by_opinion(ann: Player) -> None:
    seat = await sat_down(ann, level="EASY", mark="O", preset="GOMOKU")
    await played(seat, any_of(Random(1)))

    review = await reviewed(ann, seat.game_id)

    assert not review["exact"]
    assert not any(each["isMistake"] for each in review["positions"])
    assert all(-1 <= each["value"] <= 1 for each in review["positions"])
    assert all(each["played"] for each in review["positions"][:-1])


async def test_there_is_no_review_before_the_end(match: Match, ann: Player) -> None:
    await match.play(*BLUNDER[:3])

    assert await reviewed(ann, match.id) is None
    assert await reviewed(ann, await ann.create()) is None


async def test_a_cancelled_game_has_no_review(ann: Player) -> None:
    seat = await ann.seated(await ann.create())
    await seat.wish("cancelGame", gameId=seat.game_id)

    assert await reviewed(ann, seat.game_id) is None


async def test_all_who_ask_at_once_get_the_same_review(
    ann: Player, bob: Player, there: Server
) -> None:
    match = await begun(ann, bob)
    await match.play(*BLUNDER)

    reviews = await asyncio.gather(
        *(reviewed(each, match.id) for each in (ann, bob, ann.on(there)) * 5)
    )

    assert all(each == reviews[0] for each in reviews)


async def test_too_many_reviews_at_once_are_an_error_of_that_field(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xogql.play.reviews.EACH", 0)
    async with serving(database_url) as server:
        match = await begun(await signed_up(server, "ann"), await signed_up(server, "bob"))
        await match.play(*BLUNDER)
        response = await match.x.post(REVIEW, id=match.id)

    answer = response.json()
    assert answer["data"]["game"]["review"] is None
    assert answer["errors"][0]["path"] == ["game", "review"]
    assert answer["errors"][0]["extensions"] == {"code": "OVERLOADED", "retryAfter": 1}
