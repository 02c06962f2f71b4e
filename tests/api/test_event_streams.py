"""Server-sent events: every operation, and a game that goes on where the stream broke off."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from itertools import pairwise

import httpx
import pytest

from tests.e2e.clients import Match, Player, signed_up
from tests.e2e.servers import Server

FOLLOW = """subscription ($game: ID!, $after: Int) {
  gameEvents(gameId: $game, after: $after) { __typename version } }"""

Event = dict[str, str]


async def stream(
    player: Player, document: str, variables: dict[str, object], **headers: str
) -> AsyncGenerator[Event]:
    """Give each event as its fields; it ends with the stream."""
    headers |= {"accept": "text/event-stream", "authorization": player.authorization or ""}
    body = {"query": document, "variables": variables}
    async with player.server.http.stream(
        "POST", "/graphql", json=body, headers=headers
    ) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        event: Event = {}
        async for line in response.aiter_lines():
            if line.startswith(":"):
                continue
            if line:
                name, _, value = line.partition(": ")
                event[name.rstrip(":")] = value
            elif event:
                yield event
                event = {}


async def test_a_query_is_one_result_and_an_end(ann: Player) -> None:
    events = [each async for each in stream(ann, "{ me { username } }", {})]

    assert [each["event"] for each in events] == ["next", "complete"]


async def test_a_refusal_comes_as_a_result(ann: Player) -> None:
    [refusal, end] = [each async for each in stream(ann, "{ nothing }", {})]

    assert "GRAPHQL_VALIDATION_FAILED" in refusal["data"]
    assert end["event"] == "complete"


async def test_frames_end_with_line_feeds_alone(ann: Player) -> None:
    body = {"query": "{ me { id } }"}
    headers = {"accept": "text/event-stream", "authorization": ann.authorization or ""}

    answer = await ann.server.http.post("/graphql", json=body, headers=headers)

    assert "\r" not in answer.text
    assert answer.text.count("\n\n") == 2


async def test_a_game_is_followed_to_its_end(match: Match) -> None:
    ids = []
    async with aclosing(stream(match.x, FOLLOW, {"game": match.id, "after": 0})) as events:
        async for each in events:
            if each["event"] == "complete":
                break
            ids.append(int(each["id"]))
            if ids == [1, 2]:
                await match.x.resign()

    assert ids == [1, 2, 3]


async def test_last_event_id_goes_on_where_it_broke_off(match: Match) -> None:
    await match.x.resign()
    variables: dict[str, object] = {"game": match.id, "after": 0}

    resumed = stream(match.x, FOLLOW, variables, **{"last-event-id": "2"})

    assert [each.get("id") async for each in resumed] == ["3", None]


async def test_a_cursor_that_no_stream_had_is_left_aside(match: Match) -> None:
    await match.x.resign()
    variables: dict[str, object] = {"game": match.id, "after": 1}

    whole = stream(match.x, FOLLOW, variables, **{"last-event-id": "nonsense"})

    ids = [int(each["id"]) async for each in whole if "id" in each]
    assert all(later - earlier == 1 for earlier, later in pairwise([1, *ids]))


async def test_a_stream_ends_with_its_session(server: Server) -> None:
    fresh = await signed_up(server, "ann")
    game = await fresh.create()
    seen = []

    async with aclosing(stream(fresh, FOLLOW, {"game": game})) as events:
        async for each in events:
            seen.append(each)
            if len(seen) == 1:
                await fresh.ask("mutation { logout { __typename } }")

    assert "TOKEN_REVOKED" in seen[1]["data"]
    assert seen[-1]["event"] == "complete"


async def test_mutations_by_get_are_refused(server: Server) -> None:
    params = {"query": "mutation { logout { __typename } }"}

    answer = await server.http.get("/graphql", params=params)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_without_a_stream_a_subscription_is_refused(ann: Player, accept: str) -> None:
    headers = {"accept": accept, "authorization": ann.authorization or ""}
    body = {"query": "subscription { lobby { snapshot } }"}

    answer: httpx.Response = await ann.server.http.post("/graphql", json=body, headers=headers)

    assert answer.status_code == 400
