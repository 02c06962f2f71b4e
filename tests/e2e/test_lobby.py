"""The waiting games as they come and go."""

from tests.e2e.clients import Answer, News, Player
from tests.e2e.servers import Server


async def told_of(news: News, game_id: str, field: str) -> Answer:
    """Wait until the lobby tells that a game is listed or unlisted, and give it as it tells it."""
    async for change in news:
        for game in change[field]:
            if game["id"] == game_id:
                found: Answer = game
                return found
    raise AssertionError(game_id)


async def test_the_list_comes_first(ann: Player, bob: Player) -> None:
    game_id = await ann.create()

    async with bob.in_the_lobby() as news:
        first = await anext(news)

    assert first["snapshot"] is True
    assert first["listed"][0] == {"id": game_id, "status": "WAITING"}
    assert first["unlisted"] == []


async def test_a_game_is_listed_on_every_process_until_it_is_joined(
    ann: Player, bob: Player
) -> None:
    async with ann.in_the_lobby() as to_ann, bob.in_the_lobby() as to_bob:
        await anext(to_ann), await anext(to_bob)
        game_id = await ann.create()
        listed = [await told_of(news, game_id, "listed") for news in (to_ann, to_bob)]
        await bob.wish("joinGame", gameId=game_id)
        unlisted = [await told_of(news, game_id, "unlisted") for news in (to_ann, to_bob)]

    assert [each["status"] for each in listed] == ["WAITING", "WAITING"]
    assert [each["status"] for each in unlisted] == ["PLAYING", "PLAYING"]


async def test_a_game_that_is_cancelled_is_unlisted(ann: Player, bob: Player) -> None:
    seat = await ann.seated(await ann.create())

    async with bob.in_the_lobby() as news:
        await anext(news)
        await seat.wish("cancelGame", gameId=seat.game_id)
        unlisted = await told_of(news, seat.game_id, "unlisted")

    assert unlisted["status"] == "CANCELLED"


async def test_a_newcomer_to_the_lobby_sees_the_list_as_it_is(ann: Player, bob: Player) -> None:
    game_id = await ann.create()
    await bob.wish("joinGame", gameId=game_id)

    async with ann.in_the_lobby() as news:
        first = await anext(news)

    assert game_id not in [each["id"] for each in first["listed"]]


async def test_many_games_come_at_once_and_each_is_told_once(ann: Player, there: Server) -> None:
    async with ann.on(there).in_the_lobby() as news:
        await anext(news)
        created = {await ann.create() for _ in range(20)}
        seen: list[str] = []
        while not created <= set(seen):
            seen += [each["id"] for each in (await anext(news))["listed"]]

    assert sorted(each for each in seen if each in created) == sorted(created)
