"""What two players settle between them, each on a process of their own and told by a socket."""

import asyncio
from uuid import uuid4

import pytest

from tests.e2e.clients import Answer, Match, News, Player
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError

AT = """
query ($id: ID!, $version: Int!) {
  game(id: $id) { at(version: $version) { moves { row column } turn offers { kind mark } } }
}
"""
REMATCHES = """
query ($id: ID!) { game(id: $id) { rematch { id rematchOf { id } } rematchOf { id } } }
"""


async def heard_by(news: News, count: int) -> list[Answer]:
    return [await anext(news) for _ in range(count)]


def kinds(events: list[Answer]) -> list[str]:
    return [each["__typename"] for each in events]


async def test_a_draw_is_agreed_on(match: Match) -> None:
    async with match.x.following(match.id, after=2) as x, match.o.following(match.id, after=2) as o:
        await match.x.offer("DRAW")
        offered = await anext(o)
        answer = await match.o.accept("DRAW")
        ended = [each async for each in o]
        seen = [each async for each in x]

    assert (offered["__typename"], offered["kind"], offered["mark"]) == ("OfferMade", "DRAW", "X")
    assert offered["game"]["offers"] == [{"kind": "DRAW", "mark": "X"}]
    assert [(each["ending"], each["winner"]) for each in ended] == [("AGREEMENT", None)]
    assert seen == [offered, *ended]
    assert answer["game"] == ended[0]["game"]
    assert (answer["game"]["status"], answer["game"]["offers"]) == ("FINISHED", [])


async def test_an_offer_is_withdrawn_or_declined(match: Match) -> None:
    async with match.o.following(match.id, after=2) as news:
        await match.x.offer("DRAW")
        await match.x.withdraw("DRAW")
        late = await match.o.accept("DRAW")
        await match.o.offer("DRAW")
        await match.x.decline("DRAW")
        events = await heard_by(news, 4)

    assert kinds(events) == ["OfferMade", "OfferWithdrawn", "OfferMade", "OfferDeclined"]
    assert [each["mark"] for each in events] == ["X", "X", "O", "O"]
    assert [len(each["game"]["offers"]) for each in events] == [1, 0, 1, 0]
    assert late["code"] == "NO_OFFER"


async def test_a_move_declines(match: Match) -> None:
    await match.o.offer("DRAW")
    moved = await match.x.move(1, 1)

    answer = await match.x.accept("DRAW")

    assert moved["game"]["offers"] == []
    assert (answer["code"], answer["game"]) == ("NO_OFFER", moved["game"])


async def test_a_takeback_gives_the_turn_back_and_every_version_stays(match: Match) -> None:
    await match.play((0, 0), (1, 1))
    async with match.o.following(match.id, after=4) as news:
        await match.x.offer("TAKEBACK")
        await match.o.accept("TAKEBACK")
        _, back = await heard_by(news, 2)

    assert (back["__typename"], back["count"], back["game"]["version"]) == ("MovesTakenBack", 2, 6)
    assert (back["game"]["moves"], back["game"]["turn"]) == ([], "X")
    assert back["game"]["board"]["rows"] == [[None] * 3] * 3
    before = (await match.x.ask(AT, id=match.id, version=5))["game"]["at"]
    assert before["moves"] == [{"row": 0, "column": 0}, {"row": 1, "column": 1}]
    assert before["offers"] == [{"kind": "TAKEBACK", "mark": "X"}]
    again = await match.x.move(0, 0)
    assert again["game"]["moves"] == [{"mark": "X", "row": 0, "column": 0}]


async def test_a_game_is_aborted(match: Match) -> None:
    await match.x.move(0, 0)
    async with match.o.following(match.id, after=3) as news:
        await match.x.abort()
        [ended] = [each async for each in news]

    assert (ended["ending"], ended["winner"]) == ("ABORTED", None)
    assert ended["game"]["status"] == "FINISHED"


@pytest.mark.parametrize("wish", ["accept", "offer"])
async def test_a_rematch_lands_both_in_the_new_game(
    match: Match, ann: Player, bob: Player, wish: str
) -> None:
    await match.x.resign()
    async with match.x.following(match.id, stay=True) as x, match.o.following(match.id) as o:
        assert kinds([each async for each in o]) == ["GameSnapshot"]
        assert kinds([await anext(x)]) == ["GameSnapshot"]
        await match.o.offer("REMATCH")
        answer = await getattr(match.x, wish)("REMATCH")
        events = [each async for each in x]

    assert kinds(events) == ["OfferMade", "RematchAgreed"]
    second = events[-1]["rematch"]
    seats = {each["mark"]: each["player"]["id"] for each in second["players"]}
    assert seats == {"X": bob.id, "O": ann.id}
    assert (second["status"], second["version"]) == ("PLAYING", 2)
    assert second["rematchOf"] == {"id": match.id}
    assert answer["game"] == events[-1]["game"]
    moved = await (await bob.seated(second["id"])).move(1, 1)
    assert moved["game"]["version"] == 3


async def test_games_are_linked_both_ways(match: Match, ann: Player) -> None:
    second = await rematch_of(match)

    first = (await ann.ask(REMATCHES, id=match.id))["game"]
    assert first == {"rematch": {"id": second, "rematchOf": {"id": match.id}}, "rematchOf": None}
    assert (await ann.ask(REMATCHES, id=second))["game"] == {
        "rematch": None,
        "rematchOf": {"id": match.id},
    }


async def test_a_rematch_has_a_rematch(match: Match, ann: Player, bob: Player) -> None:
    second = await rematch_of(match)
    x, o = await bob.seated(second), await ann.seated(second)

    third = await rematch_of(Match(second, x, o))

    seats = (await ann.game(third))["players"]
    assert {each["mark"]: each["player"]["id"] for each in seats} == {"X": ann.id, "O": bob.id}


@pytest.mark.parametrize("visibility", ["PUBLIC", "LINK", "PRIVATE"])
async def test_a_rematch_is_as_visible_as_the_game_before_it(
    ann: Player, bob: Player, eve: Player, visibility: str
) -> None:
    game_id = await ann.create(visibility=visibility)
    invite = (await ann.own(game_id))["invite"]
    await bob.wish("joinGame", gameId=game_id, invite=invite)
    match = Match(game_id, await ann.seated(game_id), await bob.seated(game_id))

    second = await rematch_of(match)

    assert (await bob.game(second))["visibility"] == visibility
    assert (await eve.game(second) is None) is (visibility == "PRIVATE")
    assert (await eve.game(second, invite=invite) is None) is (visibility == "PRIVATE")


async def test_an_intratoken_is_not_good_for_the_rematch(match: Match) -> None:
    second = await rematch_of(match)

    with pytest.raises(RefusedError) as refused:
        await match.o.wish("makeMove", gameId=second, row=0, column=0)

    assert refused.value.codes == ["FORBIDDEN"]


async def rematch_of(match: Match) -> str:
    await match.x.resign()
    await match.x.offer("REMATCH")
    await match.o.accept("REMATCH")
    second: str = (await match.x.ask(REMATCHES, id=match.id))["game"]["rematch"]["id"]
    return second


async def test_who_stays_is_told_of_an_answer_that_is_no(match: Match) -> None:
    await match.x.resign()
    async with match.o.following(match.id, after=3, stay=True) as news:
        await match.o.offer("REMATCH")
        await match.x.decline("REMATCH")
        await match.x.offer("REMATCH")
        await match.x.withdraw("REMATCH")
        events = await heard_by(news, 4)

    assert kinds(events) == ["OfferMade", "OfferDeclined", "OfferMade", "OfferWithdrawn"]


async def test_who_does_not_stay_hears_nothing_past_the_end(match: Match) -> None:
    await rematch_of(match)

    async with match.o.following(match.id, after=0) as news:
        events = [each async for each in news]
    async with match.o.following(match.id, after=0, stay=True) as news:
        more = [each async for each in news]

    assert kinds(events) == ["GameCreated", "PlayerJoined", "GameEnded"]
    assert kinds(more[3:]) == ["OfferMade", "RematchAgreed"]


async def test_who_stays_at_a_cancelled_game_has_nothing_to_wait_for(ann: Player) -> None:
    seat = await ann.seated(await ann.create())
    await seat.wish("cancelGame", gameId=seat.game_id)

    async with ann.following(seat.game_id, stay=True) as news:
        assert kinds([each async for each in news]) == ["GameSnapshot"]


async def test_a_repeat_on_another_process_gets_the_first_answer(
    match: Match, here: Server, there: Server
) -> None:
    await match.x.resign()
    offer, accept = str(uuid4()), str(uuid4())
    offered = [
        await match.o.on(each).offer("REMATCH", commandId=offer) for each in (here, there, here)
    ]
    accepted = [
        await match.x.on(each).accept("REMATCH", commandId=accept) for each in (there, here, there)
    ]

    assert offered == [offered[0]] * 3
    assert accepted == [accepted[0]] * 3
    assert [each["version"] for each in await match.x.events(match.id)] == [1, 2, 3, 4, 5]


async def test_of_two_who_offer_at_once_one_accepts(
    match: Match, here: Server, there: Server, ann: Player
) -> None:
    await match.x.resign()

    answers = await asyncio.gather(
        *(each.on(at).offer("REMATCH") for each, at in ((match.x, here), (match.o, there)) * 10)
    )

    accepted = [each for each in answers if "code" not in each]
    assert len(accepted) == 2
    assert kinds(await ann.events(match.id))[3:] == ["OfferMade", "RematchAgreed"]
    second = (await ann.ask(REMATCHES, id=match.id))["game"]["rematch"]["id"]
    assert len(await ann.events(second)) == 2


async def test_an_offer_may_expect_a_version(match: Match) -> None:
    await match.x.move(0, 0)

    answer = await match.x.offer("DRAW", expectedVersion=2)

    assert (answer["code"], answer["game"]["version"]) == ("GAME_MOVED_ON", 3)
