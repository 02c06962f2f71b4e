"""The critical path from end to end: ann at one process, bob at another, one Postgres."""

from tests.e2e.clients import PASSWORD, Client, Match, Player
from tests.e2e.documents import LIST_GAMES
from tests.e2e.servers import Server


async def test_two_strangers_play_a_game_to_its_end(here: Server, there: Server) -> None:
    ann, bob = await arrive(here, "ann"), await arrive(there, "bob")
    game_id = await ann.create(rules={"rows": 3, "columns": 3, "line": 3})
    assert game_id in await waiting(bob)
    joined = await bob.wish("joinGame", gameId=game_id)
    assert joined["game"]["status"] == "PLAYING"

    match = Match(game_id, await ann.seated(game_id), await bob.seated(game_id))
    async with match.x.following(game_id) as to_ann, match.o.following(game_id, after=2) as to_bob:
        assert (await anext(to_ann))["__typename"] == "GameSnapshot"
        await match.play((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))
        heard = [each async for each in to_bob]
        assert [each async for each in to_ann] == heard

    assert [each["version"] for each in heard] == [3, 4, 5, 6, 7, 8]
    assert [each["__typename"] for each in heard] == ["MoveMade"] * 5 + ["GameEnded"]
    assert await bob.game(game_id) == heard[-1]["game"]
    assert heard[-1]["winner"] == "X"


async def arrive(server: Server, name: str) -> Player:
    """Sign up, and log in once more in capitals."""
    from tests.e2e.clients import signed_up

    player = await signed_up(server, name)
    session = await Client(server).wish(
        "login", username=player.username.upper(), password=PASSWORD
    )
    assert session["player"] == {"id": player.id, "username": player.username}
    player = player.saying(f"{session['tokenType']} {session['accessToken']}")
    assert await player.ask("{ me { id username } }") == {"me": session["player"]}
    return player


async def waiting(player: Player) -> list[str]:
    listed = await player.ask(LIST_GAMES, status="WAITING")
    return [edge["node"]["id"] for edge in listed["games"]["edges"]]
