"""Lists of games, page by page, and things by their ids."""

from base64 import urlsafe_b64encode
from uuid import UUID

import pytest

from tests.e2e.clients import Answer, Player, begun, signed_up
from tests.e2e.documents import LIST_GAMES
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError

MY_GAMES = """
query ($status: GameStatus, $first: Int = 20, $after: String) {
  me { games(status: $status, first: $first, after: $after) {
    edges { node { id status } } pageInfo { hasNextPage endCursor } } }
}
"""


def ids(connection: Answer) -> list[str]:
    return [edge["node"]["id"] for edge in connection["edges"]]


async def test_a_game_is_listed_the_moment_it_is_created_on_every_process(
    ann: Player, bob: Player
) -> None:
    for _ in range(10):
        game_id = await ann.create()
        listed = await bob.ask(LIST_GAMES, status="WAITING", first=1)
        assert ids(listed["games"]) == [game_id]


async def test_pages_have_no_duplicates_and_no_gaps_while_games_are_created(
    ann: Player, bob: Player
) -> None:
    created = [await ann.create() for _ in range(10)]
    listed: list[str] = []
    after = None

    for _ in range(4):
        page = (await bob.ask(LIST_GAMES, first=3, after=after))["games"]
        after = page["pageInfo"]["endCursor"]
        listed += ids(page)
        await ann.create()

    assert listed[:10] == created[::-1]
    assert len(listed) == len(set(listed)) == 12


async def test_a_listing_by_status_lets_go_of_games_that_are_joined_meanwhile(
    ann: Player, bob: Player
) -> None:
    created = [await ann.create() for _ in range(6)]
    first = (await bob.ask(LIST_GAMES, status="WAITING", first=3))["games"]
    for game_id in (created[0], created[3]):
        await bob.wish("joinGame", gameId=game_id)

    after = first["pageInfo"]["endCursor"]
    second = (await bob.ask(LIST_GAMES, status="WAITING", first=2, after=after))["games"]

    assert ids(first) == [created[5], created[4], created[3]]
    assert ids(second) == [created[2], created[1]]


async def test_a_players_games_are_theirs_by_status_to_the_last_page(
    here: Server, bob: Player
) -> None:
    ann = await signed_up(here, "ann")
    playing = [(await begun(*pair)).id for pair in ((ann, bob), (bob, ann))]
    waiting = [await ann.create() for _ in range(3)]

    all_of_them = (await ann.ask(MY_GAMES, first=5))["me"]["games"]
    waiting_ones = (await ann.ask(MY_GAMES, status="WAITING"))["me"]["games"]

    assert ids(all_of_them) == [*waiting[::-1], *playing[::-1]]
    assert all_of_them["pageInfo"]["hasNextPage"] is False
    assert ids(waiting_ones) == waiting[::-1]


async def test_a_finished_game_is_listed_as_such(here: Server, bob: Player) -> None:
    ann = await signed_up(here, "ann")
    match = await begun(ann, bob)
    await match.o.resign()
    cancelled = await ann.seated(await ann.create())
    await cancelled.wish("cancelGame", gameId=cancelled.game_id)

    listed = (await ann.ask(MY_GAMES))["me"]["games"]["edges"]

    assert [edge["node"] for edge in listed] == [
        {"id": cancelled.game_id, "status": "CANCELLED"},
        {"id": match.id, "status": "FINISHED"},
    ]


async def test_an_empty_list_has_no_cursors(here: Server) -> None:
    ann = await signed_up(here, "ann")

    games = (await ann.ask(MY_GAMES))["me"]["games"]

    assert games == {"edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}


@pytest.mark.parametrize("first", [-(2**31), -1, 0, 101])
async def test_a_page_size_out_of_range_is_refused(ann: Player, first: int) -> None:
    with pytest.raises(RefusedError) as refused:
        await ann.ask(LIST_GAMES, first=first)

    assert refused.value.codes == ["INVALID_INPUT"]
    assert refused.value.errors[0]["extensions"]["argument"] == "first"


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


MOMENT = "2026-01-01T00:00:00+00:00"
UNKNOWN = UUID("8f6b1b1e-3c5d-4b8e-9a51-0a4c7d3f2e11")
GAME = f"game-{UNKNOWN}"


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "§",
        "\udc00",
        encoded(MOMENT),
        encoded(f"yesterday {GAME}"),
        encoded(f"2026-01-01T00:00:00 {GAME}"),
        encoded(f"0001-01-01T00:00:00+14:00 {GAME}"),
        encoded(f"9999-12-31T23:59:59-14:00 {GAME}"),
        encoded(f"{MOMENT} \0"),
        encoded(f"{MOMENT} {GAME} {GAME}"),
    ],
)
async def test_a_cursor_that_is_none_is_refused(ann: Player, cursor: str) -> None:
    with pytest.raises(RefusedError) as refused:
        await ann.ask(LIST_GAMES, after=cursor)

    assert refused.value.codes == ["INVALID_INPUT"]
    assert refused.value.errors[0]["extensions"]["argument"] == "after"


@pytest.mark.parametrize(
    "cursor",
    ["-1", "3", "x", "", "1.5", "²", "٢", "99999999999", "00000000009", "0" * 30 + "9" * 30],
)
async def test_a_cursor_that_is_no_events_version_is_refused(
    ann: Player, bob: Player, cursor: str
) -> None:
    match = await begun(ann, bob)
    query = """query ($id: ID!, $after: String) {
      game(id: $id) { events(after: $after) { edges { cursor } } } }"""

    with pytest.raises(RefusedError) as refused:
        await ann.ask(query, id=match.id, after=cursor)

    assert refused.value.codes == ["INVALID_INPUT"]


@pytest.mark.parametrize("version", [-1, 0, 3, 2**31 - 1])
async def test_a_version_that_a_game_never_had_is_refused(
    ann: Player, bob: Player, version: int
) -> None:
    match = await begun(ann, bob)
    query = "query ($id: ID!, $v: Int!) { game(id: $id) { at(version: $v) { version } } }"

    with pytest.raises(RefusedError) as refused:
        await ann.ask(query, id=match.id, v=version)

    assert refused.value.codes == ["INVALID_INPUT"]


NODE = """query ($id: ID!) { node(id: $id) {
  __typename id ... on Game { status } ... on Player { username } } }"""


async def test_a_game_is_found_by_its_id(ann: Player, bob: Player) -> None:
    game_id = await ann.create()

    found = await bob.ask(NODE, id=game_id)

    assert found["node"] == {"__typename": "Game", "id": game_id, "status": "WAITING"}


async def test_a_player_is_found_by_their_id(ann: Player, bob: Player) -> None:
    found = await bob.ask(NODE, id=ann.id)

    assert found["node"] == {"__typename": "Player", "id": ann.id, "username": ann.username}


@pytest.mark.parametrize(
    "nonsense",
    ["", "x", "game-", "player-", GAME, GAME.upper(), f"player-{UNKNOWN}", f"games-{UNKNOWN}",
     "game-\0", "\ud800", "x" * 10_000, f"game-{UNKNOWN.hex}"],
)  # fmt: skip
async def test_nonsense_is_no_id(ann: Player, nonsense: str) -> None:
    assert await ann.ask(NODE, id=nonsense) == {"node": None}
    assert await ann.ask("query ($id: ID!) { game(id: $id) { id } }", id=nonsense) == {"game": None}
