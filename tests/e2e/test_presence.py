"""Who is at a game: across processes, with and without goodbyes, and when a process dies."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.e2e.clients import Answer, Match, News, Player, as_guest, begun, signed_up
from tests.e2e.documents import FOLLOW_PRESENCE
from tests.e2e.servers import Server, running
from tests.e2e.sockets import RefusedError
from tests.wire.in_process import in_process
from xogql.api.patience import Patience


def states(presence: Answer) -> dict[str, str]:
    return {seat["mark"]: seat["state"] for seat in presence["seats"]}


def is_so(x: str, o: str) -> Callable[[Answer], bool]:
    return lambda presence: states(presence) == {"X": x, "O": o}


async def told(news: News, wanted: Callable[[Answer], bool]) -> Answer:
    """Wait until it is told that it is as *wanted*, and give what was told."""
    async for presence in news:
        if wanted(presence):
            return presence
    raise AssertionError


async def test_a_player_on_one_server_is_seen_on_the_other(match: Match) -> None:
    async with match.x.at(match.id) as to_ann:
        first = await anext(to_ann)
        async with match.o.at(match.id) as to_bob:
            both = await told(to_ann, is_so("HERE", "HERE"))
            await told(to_bob, is_so("HERE", "HERE"))

    assert states(first) == {"X": "HERE", "O": "UNKNOWN"}
    assert [seat["player"]["id"] for seat in both["seats"]] == [match.x.id, match.o.id]
    for seat in both["seats"]:
        ago = datetime.now(UTC) - datetime.fromisoformat(seat["since"])
        assert abs(ago) < timedelta(minutes=1)
    assert first["seats"][1]["since"] is None


async def test_who_says_goodbye_has_left(match: Match) -> None:
    async with match.x.at(match.id) as to_ann:
        async with match.o.at(match.id):
            here = await told(to_ann, is_so("HERE", "HERE"))
        left = await told(to_ann, is_so("HERE", "LEFT"))

    assert left["seats"][1]["since"] > here["seats"][1]["since"]
    assert left["seats"][0] == here["seats"][0]


async def test_who_completes_has_left_though_the_socket_stays(match: Match) -> None:
    async with match.x.at(match.id) as to_ann, match.o.socket() as socket:
        operation = await socket.begin(FOLLOW_PRESENCE, gameId=match.id)
        await told(to_ann, is_so("HERE", "HERE"))
        await socket.complete(operation)

        await told(to_ann, is_so("HERE", "LEFT"))


async def test_who_vanishes_is_cut_off(match: Match) -> None:
    async with match.x.at(match.id) as to_ann:
        async with match.o.socket() as socket:
            await socket.begin(FOLLOW_PRESENCE, gameId=match.id)
            await told(to_ann, is_so("HERE", "HERE"))
            socket.break_off()

        await told(to_ann, is_so("HERE", "CUT_OFF"))
        async with match.o.at(match.id):
            await told(to_ann, is_so("HERE", "HERE"))


async def test_who_answers_no_ping_is_cut_off(database_url: str) -> None:
    async with in_process(database_url, Patience(silence=0.5, pong=5.0)) as server:
        match = await begun(await signed_up(server, "ann"), await signed_up(server, "bob"))
        async with match.x.at(match.id) as to_ann, match.o.socket() as socket:
            await socket.begin(FOLLOW_PRESENCE, gameId=match.id)
            await told(to_ann, is_so("HERE", "HERE"))

            await told(to_ann, is_so("HERE", "CUT_OFF"))


async def test_the_end_of_an_event_stream_is_a_goodbye(match: Match) -> None:
    document = f'subscription {{ gamePresence(gameId: "{match.id}") {{ watchers }} }}'
    headers = {"accept": "text/event-stream", "authorization": match.o.authorization or ""}
    stream = match.o.server.http.stream(
        "POST", "/graphql", json={"query": document}, headers=headers
    )
    async with match.x.at(match.id) as to_ann:
        async with stream as response:
            assert "event: next" in [line async for line in until_told(response)]
            await told(to_ann, is_so("HERE", "HERE"))

        await told(to_ann, is_so("HERE", "LEFT"))


async def until_told(response: httpx.Response) -> AsyncIterator[str]:
    """Give the lines of an event stream up to the first data."""
    async for line in response.aiter_lines():
        yield line
        if line.startswith("data: "):
            return


async def test_a_hidden_page_is_away_until_it_is_seen(match: Match) -> None:
    async with match.x.at(match.id) as to_ann, match.o.socket() as socket:
        seen = await socket.begin(FOLLOW_PRESENCE, gameId=match.id)
        await told(to_ann, is_so("HERE", "HERE"))
        await socket.complete(seen)
        await socket.begin(FOLLOW_PRESENCE, gameId=match.id, attention="AWAY")
        await told(to_ann, is_so("HERE", "AWAY"))
        await socket.begin(FOLLOW_PRESENCE, gameId=match.id)

        await told(to_ann, is_so("HERE", "HERE"))


async def test_a_moments_absence_is_not_told(match: Match, there: Server) -> None:
    """Nor is a change of servers."""
    async with match.x.at(match.id) as to_ann:
        async with match.o.at(match.id):
            await told(to_ann, is_so("HERE", "HERE"))
        async with (
            match.o.on(match.x.server).at(match.id),
            match.o.at(match.id, "AWAY"),
            (await signed_up(there, "eve")).at(match.id),
        ):
            seen = [await anext(to_ann)]
            while not seen[-1]["watchers"]:
                seen.append(await anext(to_ann))

    assert {tuple(states(each).values()) for each in seen} == {("HERE", "HERE")}


async def test_watchers_are_counted_on_all_servers(
    match: Match, here: Server, there: Server
) -> None:
    eve, guest = await signed_up(here, "eve"), await as_guest(there)
    async with eve.at(match.id) as to_eve:
        assert (await told(to_eve, lambda each: each["watchers"] == 1))["seats"][0]["since"] is None
        async with guest.at(match.id) as to_guest, match.x.at(match.id) as to_ann:
            for news in (to_eve, to_guest, to_ann):
                await told(news, lambda each: each["watchers"] == 2)
        last = await told(to_eve, lambda each: each["watchers"] == 1)

    assert states(last)["O"] == "UNKNOWN"


async def test_whoever_takes_the_seat_is_no_watcher_any_more(ann: Player, bob: Player) -> None:
    game_id = await ann.create()
    async with ann.at(game_id) as to_ann, bob.at(game_id) as to_bob:
        alone = await told(to_ann, lambda each: each["watchers"] == 1)
        assert states(alone) == {"X": "HERE"}
        await bob.wish("joinGame", gameId=game_id)

        for news in (to_ann, to_bob):
            both = await told(news, is_so("HERE", "HERE"))
            if both["watchers"]:
                both = await told(news, lambda each: not each["watchers"])
            assert (states(both), both["watchers"]) == ({"X": "HERE", "O": "HERE"}, 0)


async def test_the_house_is_always_here(ann: Player) -> None:
    answer = await ann.ask(
        "mutation { createGame(input: {opponent: HOUSE, mark: X}) {"
        " ... on CreateGameSuccess { game { id } } } }"
    )

    async with ann.at(answer["createGame"]["game"]["id"]) as news:
        presence = await anext(news)

    assert states(presence) == {"X": "HERE", "O": "HERE"}
    assert presence["seats"][1]["since"] is None


async def test_presence_goes_on_after_the_end(match: Match) -> None:
    async with match.x.at(match.id) as to_ann:
        await match.o.resign()
        async with match.o.at(match.id):
            await told(to_ann, is_so("HERE", "HERE"))


async def test_a_game_that_is_not_there_has_no_presence(match: Match) -> None:
    async with match.x.socket() as socket:
        operation = await socket.begin(FOLLOW_PRESENCE, gameId="game-of-nobodys")
        with pytest.raises(RefusedError) as refused:
            await anext(operation)

    assert refused.value.codes == ["FORBIDDEN"]


async def test_seats_of_a_process_that_was_killed_are_not_known(
    shared_database_url: str, tmp_path: Path, here: Server
) -> None:
    async with running(shared_database_url, tmp_path) as mortal:
        ann, bob = await signed_up(here, "ann"), await signed_up(mortal, "bob")
        match = await begun(ann, bob)
        async with match.x.at(match.id) as to_ann:
            async with match.o.socket() as socket:
                await socket.begin(FOLLOW_PRESENCE, gameId=match.id)
                await told(to_ann, is_so("HERE", "HERE"))
                await mortal.kill()
                dead = await told(to_ann, is_so("HERE", "UNKNOWN"))
            async with match.o.on(here).at(match.id):
                await told(to_ann, is_so("HERE", "HERE"))

    assert dead["seats"][1]["since"] is None


async def test_a_process_that_stops_takes_back_what_it_told(
    shared_database_url: str, tmp_path: Path, here: Server
) -> None:
    async with running(shared_database_url, tmp_path) as mortal:
        ann, bob = await signed_up(here, "ann"), await signed_up(mortal, "bob")
        match = await begun(ann, bob)
        async with match.x.at(match.id) as to_ann, match.o.at(match.id):
            await told(to_ann, is_so("HERE", "HERE"))
            assert await mortal.stop() == 0

            await told(to_ann, is_so("HERE", "UNKNOWN"))


async def test_presence_stands_in_no_stream(match: Match, ann: Player) -> None:
    before = (await ann.game(match.id))["version"]

    async with match.x.at(match.id) as to_ann, match.o.at(match.id):
        await told(to_ann, is_so("HERE", "HERE"))

    assert (await ann.game(match.id))["version"] == before
