"""Games against each level, through the public API, to their end."""

import asyncio
from random import Random

import pytest

from tests.e2e.clients import Match, Player
from tests.e2e.servers import Server
from tests.house.opponents import any_of, first, free, played, sat_down

LEVELS = ("EASY", "MEDIUM", "HARD", "PERFECT")
HOUSE = "query ($id: ID!) { game(id: $id) { players { mark player { username level } } } }"

KINDS = "query ($id: ID!) { game(id: $id) { players { player { kind level } } } }"


@pytest.mark.parametrize("mark", ["X", "O"])
@pytest.mark.parametrize("level", LEVELS)
async def test_a_game_is_played_to_its_end(ann: Player, level: str, mark: str) -> None:
    seat = await sat_down(ann, level=level, mark=mark)

    events = await played(seat, first)

    kinds = [each["__typename"] for each in events]
    assert kinds[:2] == ["GameCreated", "PlayerJoined"]
    assert kinds[2:] == [*["MoveMade"] * (len(events) - 3), "GameEnded"]
    marks = [each["mark"] for each in events[2:-1]]
    assert marks == ["XO"[turn % 2] for turn in range(len(marks))]


@pytest.mark.parametrize("level", LEVELS[:3])
async def test_a_large_board_is_played_on(ann: Player, level: str) -> None:
    seat = await sat_down(ann, level=level, mark="O", preset="GOMOKU")

    events = await played(seat, any_of(Random(level)))

    assert events[-1]["__typename"] == "GameEnded"
    assert events[-1]["winner"] == "X"


async def test_the_perfect_house_never_loses(ann: Player) -> None:
    dice = Random(4)
    for number in range(12):
        mark = "XO"[number % 2]
        seat = await sat_down(ann, level="PERFECT", mark=mark)
        events = await played(seat, any_of(dice))
        assert events[-1]["winner"] != mark


async def test_the_house_sits_there_by_its_name(ann: Player) -> None:
    seat = await sat_down(ann, level="HARD", mark="X", preset="FOUR_IN_A_ROW")

    _, house = (await ann.ask(HOUSE, id=seat.game_id))["game"]["players"]
    assert house == {"mark": "O", "player": {"username": "The house, hard", "level": "HARD"}}


async def test_the_house_begins_where_it_has_x(ann: Player) -> None:
    seat = await sat_down(ann, mark="O")

    async with seat.following(seat.game_id, after=2) as news:
        opening = await anext(news)

    assert (opening["__typename"], opening["mark"], opening["version"]) == ("MoveMade", "X", 3)


@pytest.mark.parametrize("mark", ["X", "O"])
@pytest.mark.parametrize("level", LEVELS)
async def test_it_plays_on_from_a_position(
    match: Match, ann: Player, level: str, mark: str
) -> None:
    await match.play((1, 1), (0, 1), (0, 0))
    await match.o.resign()

    seat = await sat_down(
        ann, level=level, mark=mark, **{"from": {"gameId": match.id, "version": 5}}
    )
    events = await played(seat, first)

    kinds = [each["__typename"] for each in events]
    assert kinds[:3] == ["GameCreated", "PositionSetUp", "PlayerJoined"]
    marks = [each["mark"] for each in events[3:-1]]
    assert marks == ["OX"[turn % 2] for turn in range(len(marks))]
    assert kinds[-1] == "GameEnded"


async def test_the_house_wins_from_a_position_that_is_won(match: Match, ann: Player) -> None:
    await match.play((1, 1), (0, 1), (0, 0))
    await match.o.resign()

    start = {"gameId": match.id, "version": 5}
    seat = await sat_down(ann, level="PERFECT", mark="O", **{"from": start})
    events = await played(seat, any_of(Random(3)))

    assert events[-1]["winner"] == "X"


async def test_a_repeat_gives_the_same_game(ann: Player, there: Server) -> None:
    wished = {
        "opponent": "HOUSE",
        "level": "EASY",
        "mark": "X",
        "commandId": "4a4e2d9e-9a57-4f8e-b6d4-9f3f0a5f3a01",
    }

    answers = [await each.wish("createGame", **wished) for each in (ann, ann.on(there))]

    assert answers[0] == answers[1]
    assert (answers[0]["game"]["version"], answers[0]["game"]["status"]) == (2, "PLAYING")


async def test_the_house_hears_what_another_process_is_told(ann: Player, there: Server) -> None:
    seat = (await sat_down(ann, level="MEDIUM", mark="X")).on(there)

    events = await played(seat, first)

    assert events[-1]["__typename"] == "GameEnded"


async def test_without_the_house_a_game_waits_as_before(ann: Player) -> None:
    answer = await ann.wish("createGame", mark="X", level="PERFECT", preset="GOMOKU")

    assert (answer["game"]["status"], answer["game"]["version"]) == ("WAITING", 1)
    assert len(free(answer["game"])) == 225


@pytest.mark.parametrize("visibility", ["LINK", "PRIVATE"])
async def test_a_game_that_is_not_public_is_played_as_well(
    ann: Player, bob: Player, visibility: str
) -> None:
    seat = await sat_down(ann, level="EASY", mark="O", visibility=visibility)

    events = await played(seat, first)

    assert events[-1]["__typename"] == "GameEnded"
    assert (await bob.game(seat.game_id) is None) == (visibility == "PRIVATE")


async def test_the_house_is_told_from_people(ann: Player) -> None:
    seat = await sat_down(ann, mark="X")

    people = (await ann.ask(KINDS, id=seat.game_id))["game"]["players"]

    assert [each["player"] for each in people] == [
        {"kind": "MEMBER", "level": None},
        {"kind": "HOUSE", "level": "MEDIUM"},
    ]


async def test_many_games_go_on_at_once(ann: Player, bob: Player) -> None:
    seats = [await sat_down(each, level="EASY", mark="X") for each in (ann, bob) * 6]

    games = await asyncio.gather(*(played(each, first) for each in seats))

    assert [each[-1]["__typename"] for each in games] == ["GameEnded"] * 12
