"""What the house says to offers."""

import asyncio
import os
import signal
from pathlib import Path

from tests.e2e.clients import Answer, News, Player, Seat, signed_up
from tests.e2e.servers import running
from tests.house.opponents import first, free, sat_down
from tests.house.test_crashes import answered, thinkers_of
from xogql.game import TIC_TAC_TOE, Cell, Mark, Move
from xogql.game.bots import review

REMATCH = """
query ($id: ID!) { game(id: $id) { rematch { id status rematchOf { id }
  players { mark player { id level } } } } }
"""


async def turn_of(news: News, mark: str) -> Answer:
    """Wait until it is somebody's turn."""
    async for event in news:
        if event["game"]["turn"] == mark and event["__typename"] != "OfferMade":
            game: Answer = event["game"]
            return game
    raise AssertionError


async def replied(seat: Seat, kind: str, after: int) -> Answer:
    """Offer something, and give the event that the house answers with."""
    await seat.offer(kind)
    async with seat.following(seat.game_id, after=after, stay=True) as news:
        offered, answer = await anext(news), await anext(news)
    assert offered["__typename"] == "OfferMade"
    return answer


def a_mistake(game: Answer) -> tuple[int, int]:
    """Choose a cell that loses, in answer to the first move."""
    [opening] = game["moves"]
    move = Move(Mark.X, Cell(opening["row"], opening["column"]))
    options = review(TIC_TAC_TOE, (move,)).positions[-1].options
    return next((each.cell.row, each.cell.column) for each in options if each.score < 0)


async def test_a_takeback_is_granted(ann: Player) -> None:
    seat = await sat_down(ann, mark="X", preset="GOMOKU")
    await seat.move(7, 7)
    await answered(seat, 3)

    answer = await replied(seat, "TAKEBACK", after=4)

    assert (answer["__typename"], answer["count"]) == ("MovesTakenBack", 2)
    assert (answer["game"]["turn"], len(free(answer["game"]))) == ("X", 225)
    await seat.move(0, 0)
    assert (await answered(seat, 7))["mark"] == "O"


async def test_a_draw_is_taken_where_there_is_no_more_to_hope_for(ann: Player) -> None:
    seat = await sat_down(ann, mark="X", level="PERFECT")
    await seat.move(1, 1)
    assert (await answered(seat, 3))["__typename"] == "MoveMade"

    answer = await replied(seat, "DRAW", after=4)

    assert (answer["__typename"], answer["ending"]) == ("GameEnded", "AGREEMENT")


async def test_a_draw_is_declined_where_the_house_wins(ann: Player) -> None:
    seat = await sat_down(ann, mark="O", level="PERFECT")
    async with seat.following(seat.game_id, after=2) as news:
        game = await turn_of(news, "O")
        await seat.move(*a_mistake(game))
        game = await turn_of(news, "O")

    answer = await replied(seat, "DRAW", after=game["version"])

    assert (answer["__typename"], answer["mark"]) == ("OfferDeclined", "O")
    assert answer["game"]["status"] == "PLAYING"


async def test_a_rematch_is_accepted_and_the_house_begins_it(ann: Player) -> None:
    seat = await sat_down(ann, mark="X", level="HARD")
    version = (await seat.resign())["game"]["version"]

    answer = await replied(seat, "REMATCH", after=version)
    rematch = (await ann.ask(REMATCH, id=seat.game_id))["game"]["rematch"]

    assert answer["__typename"] == "RematchAgreed"
    assert rematch["rematchOf"] == {"id": seat.game_id}
    assert rematch["players"][0] == {
        "mark": "X",
        "player": {"id": rematch["players"][0]["player"]["id"], "level": "HARD"},
    }
    assert rematch["players"][1]["player"]["id"] == ann.id
    again = await ann.seated(rematch["id"])
    assert (await answered(again, 2))["mark"] == "X"
    await again.resign()


async def test_the_house_moves_rather_than_answer_what_a_move_declines(ann: Player) -> None:
    seat = await sat_down(ann, mark="X", level="MEDIUM", preset="FOUR_IN_A_ROW")
    for cell in ((0, 0), (0, 5)):
        version = (await seat.move(*cell))["game"]["version"]
        await answered(seat, version)

    events = await seat.events(seat.game_id)

    assert [each["__typename"] for each in events[2:]] == ["MoveMade"] * 4


async def test_an_offer_that_nobody_heard_is_answered_by_the_next_server(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path / "server") as server:
        seat = await sat_down(await signed_up(server, "ann"), mark="X", level="PERFECT")
        await seat.move(1, 1)
        await answered(seat, 3)
        [thinker] = thinkers_of(server)
        os.kill(thinker, signal.SIGSTOP)
        await seat.offer("DRAW")
        await server.kill()
        os.kill(thinker, signal.SIGKILL)

    async with running(database_url, tmp_path / "next") as following:
        answer = await answered(seat.on(following), 5)

    assert (answer["__typename"], answer["ending"]) == ("GameEnded", "AGREEMENT")


async def test_whoever_offers_and_moves_at_once_is_answered(ann: Player) -> None:
    seat = await sat_down(ann, mark="X", level="EASY", preset="GOMOKU")
    moved, offered = await asyncio.gather(seat.move(0, 0), seat.offer("DRAW"))

    assert "code" not in moved
    assert "code" not in offered
    async with seat.following(seat.game_id, after=0) as news:
        async for event in news:
            game = event["game"]
            if game["status"] == "FINISHED" or (game["turn"] == "X" and first(game) != (0, 0)):
                break
