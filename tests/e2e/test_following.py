"""Followers miss nothing, whatever happens to connections and processes."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from websockets import ConnectionClosed

from tests.e2e.clients import Answer, Match, News, Player, begun
from tests.e2e.servers import PATIENCE, Server, running
from tests.e2e.sockets import RefusedError
from xogql.live.listener import LISTENER

WIN = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))


async def heard_by(news: News, count: int) -> list[Answer]:
    return [await anext(news) for _ in range(count)]


def versions(events: list[Answer]) -> list[int]:
    return [each["version"] for each in events]


async def test_without_after_a_snapshot_comes_first(match: Match) -> None:
    moved = await match.x.move(0, 0)

    async with match.o.following(match.id) as news:
        first = await anext(news)
        await match.o.move(1, 1)
        second = await anext(news)

    assert (first["__typename"], first["version"]) == ("GameSnapshot", 3)
    assert first["game"] == moved["game"]
    assert (second["__typename"], second["version"]) == ("MoveMade", 4)


async def test_after_zero_tells_everything_from_the_beginning(match: Match) -> None:
    await match.play(*WIN)

    async with match.o.following(match.id, after=0) as news:
        events = [each async for each in news]

    assert events == await match.o.events(match.id)


@pytest.mark.parametrize("after", range(1, 8))
async def test_after_is_exclusive(match: Match, after: int) -> None:
    await match.play(*WIN)

    async with match.o.following(match.id, after=after) as news:
        assert versions([each async for each in news]) == list(range(after + 1, 9))


async def test_a_game_that_is_over_completes_at_once(match: Match) -> None:
    await match.x.resign()

    async with match.o.following(match.id, after=3) as past_it, match.o.following(match.id) as it:
        assert [each async for each in past_it] == []
        [snapshot] = [each async for each in it]
    assert (snapshot["__typename"], snapshot["version"]) == ("GameSnapshot", 3)


@pytest.mark.parametrize("after", [-(2**31), -1, 3, 2**31 - 1])
async def test_after_outside_the_game_is_refused_with_its_version(match: Match, after: int) -> None:
    with pytest.raises(RefusedError) as refused:
        async with match.o.following(match.id, after=after) as news:
            await anext(news)

    assert refused.value.codes == ["AFTER_OUT_OF_RANGE"]
    assert refused.value.errors[0]["extensions"]["version"] == 2


@pytest.mark.parametrize("game_id", ["", "nonsense", "game-00000000-0000-7000-8000-000000000000"])
async def test_a_game_that_is_not_there_cannot_be_followed(ann: Player, game_id: str) -> None:
    with pytest.raises(RefusedError) as refused:
        async with ann.following(game_id) as news:
            await anext(news)

    assert refused.value.codes == ["GAME_NOT_FOUND"]


async def test_nothing_is_missed_while_listening_connections_are_killed(
    match: Match, shared_database_url: str
) -> None:
    async with match.x.following(match.id) as to_ann, match.o.following(match.id) as to_bob:
        await heard_by(to_ann, 1), await heard_by(to_bob, 1)
        for turn, cell in enumerate(WIN):
            assert await kill_listeners(shared_database_url) >= 1
            await (match.x, match.o)[turn % 2].move(*cell)
        heard = [each async for each in to_ann]
        assert [each async for each in to_bob] == heard

    assert versions(heard) == [3, 4, 5, 6, 7, 8]


async def kill_listeners(url: str) -> int:
    """Kill the connections that LISTEN, as soon as there are some."""
    connection = await asyncpg.connect(url)
    killed = """select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and application_name = $1"""
    try:
        async with asyncio.timeout(PATIENCE):
            while not (count := await connection.fetchval(killed, LISTENER)):
                pass
    finally:
        await connection.close()
    return int(count)


async def test_a_follower_of_a_killed_process_goes_on_at_another(
    match: Match, shared_database_url: str, tmp_path: Path
) -> None:
    async with (
        running(shared_database_url, tmp_path) as doomed,
        match.o.on(doomed).following(match.id, after=2) as news,
    ):
        await match.x.move(*WIN[0])
        last = await anext(news)
        await doomed.kill()
        with pytest.raises(ConnectionClosed):
            await anext(news)

    await match.o.move(*WIN[1])
    async with match.o.following(match.id, after=last["version"]) as news:
        for turn, cell in enumerate(WIN[2:]):
            await (match.x, match.o)[turn % 2].move(*cell)
        assert versions([last, *[each async for each in news]]) == [3, 4, 5, 6, 7, 8]


async def test_a_process_that_is_started_again_serves_the_same_games(
    match: Match, shared_database_url: str, tmp_path: Path
) -> None:
    async with running(shared_database_url, tmp_path) as doomed:
        moved = await match.x.on(doomed).move(*WIN[0])
        assert await doomed.kill() < 0

    async with running(shared_database_url, tmp_path) as again:
        assert await match.x.on(again).game(match.id) == moved["game"]
        async with match.x.on(again).following(match.id, after=3) as news:
            await match.o.move(*WIN[1])
            assert versions(await heard_by(news, 1)) == [4]


async def test_many_followers_hear_the_same(match: Match, eve: Player, there: Server) -> None:
    async with eve.socket() as here, eve.on(there).socket() as elsewhere:
        document = """subscription ($gameId: ID!) {
          gameEvents(gameId: $gameId, after: 0) { version game { version board { rows } } } }"""
        begun_operations = [
            await socket.begin(document, gameId=match.id) for socket in (here, elsewhere) * 20
        ]
        await match.play(*WIN)
        heard = [[each async for each in operation] for operation in begun_operations]

    assert [each["gameEvents"]["version"] for each in heard[0]] == list(range(1, 9))
    assert all(each == heard[0] for each in heard)


async def test_who_leaves_one_game_still_hears_the_other(ann: Player, bob: Player) -> None:
    one, other = await begun(ann, bob), await begun(ann, bob)
    document = """subscription ($gameId: ID!) {
      gameEvents(gameId: $gameId) { version game { id } } }"""

    async with ann.socket() as socket:
        left = await socket.begin(document, gameId=one.id)
        kept = await socket.begin(document, gameId=other.id)
        await anext(left), await anext(kept)
        await socket.send("complete", id=left.id)
        await one.x.move(0, 0), await other.x.move(0, 0)
        assert (await socket.receive())["id"] == kept.id
