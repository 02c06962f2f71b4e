"""A player's own games as they go on, on whatever process they are played."""

import pytest

from tests.e2e.clients import Answer, Match, News, Player, begun, signed_up
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError


@pytest.fixture
async def zoe(here: Server) -> Player:
    return await signed_up(here, "zoe")


@pytest.fixture
async def sam(there: Server) -> Player:
    return await signed_up(there, "sam")


async def told(news: News, game_id: str, version: int, field: str = "games") -> Answer:
    """Wait until a game is told of at a version."""
    async for change in news:
        for game in change[field]:
            assert not (game["id"] == game_id and game["version"] > version)
            if game["id"] == game_id and game["version"] == version:
                found: Answer = game
                return found
    raise AssertionError(game_id)


async def test_all_that_wait_or_are_played_come_first_the_newest_first(
    zoe: Player, sam: Player
) -> None:
    over, playing = await begun(zoe, sam), await begun(sam, zoe)
    await over.x.resign()
    hidden = await zoe.create(visibility="PRIVATE")

    async with zoe.following_own() as news:
        first = await anext(news)

    assert first["snapshot"] is True
    assert [each["id"] for each in first["games"]] == [hidden, playing.id]
    assert [each["viewerMark"] for each in first["games"]] == ["X", "O"]
    assert first["gone"] == []


async def test_a_player_without_games_is_told_so(zoe: Player) -> None:
    async with zoe.following_own() as news:
        assert await anext(news) == {"snapshot": True, "games": [], "gone": []}


async def test_each_change_is_told_to_both_on_any_process(zoe: Player, sam: Player) -> None:
    async with zoe.following_own() as to_zoe, sam.following_own() as to_max:
        await anext(to_zoe), await anext(to_max)
        game_id = await zoe.create()
        assert (await told(to_zoe, game_id, 1))["status"] == "WAITING"
        await sam.wish("joinGame", gameId=game_id)
        for news in (to_zoe, to_max):
            assert (await told(news, game_id, 2))["turn"] == "X"
        match = Match(game_id, await zoe.seated(game_id), await sam.seated(game_id))
        await match.play((1, 1))
        turns = [await told(news, game_id, 3) for news in (to_zoe, to_max)]
        await match.o.resign()
        ends = [await told(news, game_id, 4, "gone") for news in (to_zoe, to_max)]

    assert [each["turn"] == each["viewerMark"] for each in turns] == [False, True]
    assert [each["status"] for each in ends] == ["FINISHED", "FINISHED"]


async def test_a_game_that_is_cancelled_is_gone(zoe: Player) -> None:
    seat = await zoe.seated(await zoe.create())

    async with zoe.on(zoe.server).following_own() as news:
        await anext(news)
        await seat.wish("cancelGame", gameId=seat.game_id)
        gone = await told(news, seat.game_id, 2, "gone")

    assert gone["status"] == "CANCELLED"


async def test_games_of_others_are_not_told(zoe: Player, sam: Player, eve: Player) -> None:
    async with zoe.following_own() as news:
        await anext(news)
        match = await begun(sam, eve)
        await match.play((0, 0), (1, 1))
        own = await zoe.create()

        assert [each["id"] for each in (await anext(news))["games"]] == [own]


async def test_it_needs_an_access_token(zoe: Player) -> None:
    seat = await zoe.seated(await zoe.create())

    for client, code in ((zoe.saying(None), "UNAUTHENTICATED"), (seat, "FORBIDDEN")):
        async with client.following_own() as news:
            with pytest.raises(RefusedError) as refused:
                await anext(news)
        assert refused.value.codes == [code]


async def test_the_lobby_tells_of_games_to_watch(zoe: Player, sam: Player) -> None:
    async with zoe.in_the_lobby(status="PLAYING") as news:
        await anext(news)
        match = await begun(sam, zoe)
        listed = await in_lobby(news, match.id, "listed")
        await match.x.resign()
        unlisted = await in_lobby(news, match.id, "unlisted")

    assert (listed["status"], unlisted["status"]) == ("PLAYING", "FINISHED")


async def in_lobby(news: News, game_id: str, field: str) -> Answer:
    async for change in news:
        for game in change[field]:
            if game["id"] == game_id:
                found: Answer = game
                return found
    raise AssertionError(game_id)


@pytest.mark.parametrize("status", ["FINISHED", "CANCELLED"])
async def test_what_is_over_has_no_lobby(zoe: Player, status: str) -> None:
    async with zoe.in_the_lobby(status=status) as news:
        with pytest.raises(RefusedError) as refused:
            await anext(news)

    assert refused.value.codes == ["INVALID_INPUT"]
