"""Games that begin from a position of another game."""

from uuid import uuid4

import pytest

from tests.e2e.clients import Answer, Match, Player, begun
from tests.e2e.servers import Server
from xogql.store.codec import GAMES
from xogql.store.names import new_name

PLAYED = ((1, 1), (0, 1), (0, 0))
"""X, O and X: one cell more, and X wins by (2, 2)."""

OPENING = "query ($id: ID!) { game(id: $id) { opening { version moveNumber turn moves { row } } } }"
FROM = "query ($id: ID!) { game(id: $id) { opening { version game { id version } } } }"
AT = """query ($id: ID!, $version: Int!) {
  game(id: $id) { at(version: $version) { status board { rows } moves { row column } } } }"""
REVIEW = "query ($id: ID!) { game(id: $id) { review { positions { version moveNumber turn } } } }"
LISTED = "query { games(status: WAITING, first: 100) { edges { node { id opening { turn } } } } }"


@pytest.fixture
async def over(match: Match) -> Match:
    """A game that was given up in the middle, at version 6."""
    await match.play(*PLAYED)
    await match.o.resign()
    return match


async def opened(player: Player, game_id: str, version: int, **wished: object) -> Answer:
    return await player.wish(
        "createGame", **{"from": {"gameId": game_id, "version": version}, **wished}
    )


async def opening_of(player: Player, game_id: str) -> tuple[int, int, str]:
    told = (await player.ask(OPENING, id=game_id))["game"]["opening"]
    assert len(told["moves"]) == told["moveNumber"]
    return told["version"], told["moveNumber"], told["turn"]


def cells(answer: Answer) -> list[tuple[str, int, int]]:
    return [(each["mark"], each["row"], each["column"]) for each in answer["moves"]]


async def test_it_waits_with_the_marks_on_its_board(over: Match, eve: Player) -> None:
    game = (await opened(eve, over.id, 5))["game"]

    assert (game["status"], game["version"], game["turn"]) == ("WAITING", 2, None)
    assert await opening_of(eve, game["id"]) == (5, 3, "O")
    assert cells(game) == [("X", 1, 1), ("O", 0, 1), ("X", 0, 0)]
    assert game["board"]["rows"] == [["X", "O", None], [None, "X", None], [None, None, None]]


async def test_it_is_played_on_by_who_is_to_move(over: Match, eve: Player, bob: Player) -> None:
    game = (await opened(eve, over.id, 5))["game"]
    joined = (await bob.wish("joinGame", gameId=game["id"]))["game"]
    eves, bobs = await eve.seated(game["id"]), await bob.seated(game["id"])

    early = await bobs.move(2, 2)
    moved = [await eves.move(0, 2), await bobs.move(2, 2)]

    assert [each["player"]["id"] for each in joined["players"]] == [bob.id, eve.id]
    assert (joined["turn"], early["code"]) == ("O", "NOT_YOUR_TURN")
    end = moved[1]["game"]
    assert (end["status"], end["winner"], end["version"]) == ("FINISHED", "X", 6)
    assert len(end["winningLine"]) == 3
    assert len(end["moves"]) == 5


@pytest.mark.parametrize(("version", "mark"), [(2, "X"), (3, "O"), (4, "X"), (6, "O")])
async def test_the_creator_has_the_mark_that_is_to_move(
    over: Match, eve: Player, version: int, mark: str
) -> None:
    game = (await opened(eve, over.id, version))["game"]

    assert [each["mark"] for each in game["players"]] == [mark]


async def test_the_creator_may_have_the_other_mark(over: Match, eve: Player) -> None:
    game = (await opened(eve, over.id, 5, mark="X"))["game"]

    assert [each["mark"] for each in game["players"]] == ["X"]


async def test_it_has_the_rules_of_the_game_it_is_from(
    ann: Player, bob: Player, eve: Player
) -> None:
    match = await begun(ann, bob, preset="FOUR_IN_A_ROW")
    await match.x.resign()

    game = (await opened(eve, match.id, 2))["game"]
    same = await opened(eve, match.id, 2, preset="FOUR_IN_A_ROW")
    others = await opened(eve, match.id, 2, rules={"rows": 6, "columns": 6, "line": 5})

    assert tuple(game["rules"].values()) == (6, 6, 4)
    assert same["__typename"] == "CreateGameSuccess"
    assert (others["code"], others["field"]) == ("RULES_NOT_ALLOWED", "rules")


async def test_its_events_tell_the_position(over: Match, eve: Player, there: Server) -> None:
    game = (await opened(eve, over.id, 4))["game"]

    async with eve.on(there).following(game["id"], after=0) as news:
        created, set_up = [await anext(news) for _ in range(2)]

    assert (created["__typename"], created["game"]["moves"]) == ("GameCreated", [])
    assert (set_up["__typename"], set_up["version"]) == ("PositionSetUp", 2)
    assert set_up["opening"]["version"] == 4
    assert set_up["game"]["moves"] == game["moves"]


async def test_it_can_be_seen_as_it_was(over: Match, eve: Player) -> None:
    game = (await opened(eve, over.id, 4))["game"]

    was = [(await eve.ask(AT, id=game["id"], version=version))["game"]["at"] for version in (1, 2)]

    assert [len(each["moves"]) for each in was] == [0, 2]
    assert was[1]["board"] == game["board"]


async def test_the_one_who_joins_knows(over: Match, eve: Player, bob: Player) -> None:
    game = (await opened(eve, over.id, 5))["game"]

    edges = (await bob.ask(LISTED))["games"]["edges"]

    assert {"id": game["id"], "opening": {"turn": "O"}} in [each["node"] for each in edges]


async def test_it_is_linked_with_the_game_it_is_from(over: Match, eve: Player) -> None:
    game = (await opened(eve, over.id, 5))["game"]

    told = (await eve.ask(FROM, id=game["id"]))["game"]["opening"]

    assert told == {"version": 5, "game": {"id": over.id, "version": 6}}
    assert (await eve.ask(FROM, id=over.id))["game"]["opening"] is None


async def test_a_repeat_gives_the_same_game(over: Match, eve: Player, there: Server) -> None:
    known = str(uuid4())

    answers = [await opened(each, over.id, 5, commandId=known) for each in (eve, eve.on(there))]
    other = await opened(eve, over.id, 4, commandId=known)

    assert answers[0] == answers[1]
    assert other["code"] == "COMMAND_ID_REUSED"


async def test_a_game_that_goes_on_gives_no_position(
    match: Match, ann: Player, eve: Player
) -> None:
    await match.play(*PLAYED)

    answers = [await opened(each, match.id, 3) for each in (eve, ann)]
    waiting = await opened(eve, await eve.create(), 1)

    for answer in (*answers, waiting):
        assert (answer["code"], answer["field"]) == ("GAME_NOT_OVER", "from")


@pytest.mark.parametrize("version", [-1, 0, 7, 2**31 - 1])
async def test_a_version_that_never_was_is_refused(over: Match, eve: Player, version: int) -> None:
    answer = await opened(eve, over.id, version)

    assert (answer["code"], answer["field"]) == ("VERSION_NOT_FOUND", "from")


async def test_a_position_that_is_the_end_is_refused(ann: Player, bob: Player, eve: Player) -> None:
    match = await begun(ann, bob)
    await match.play((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))

    answers = [await opened(eve, match.id, version) for version in (6, 7, 8)]

    assert answers[0]["__typename"] == "CreateGameSuccess"
    for answer in answers[1:]:
        assert (answer["code"], answer["field"]) == ("POSITION_OVER", "from")


async def test_a_private_game_is_for_others_as_none(ann: Player, bob: Player, eve: Player) -> None:
    game_id = await ann.create(visibility="PRIVATE")
    invite = (await ann.own(game_id))["invite"]
    await bob.wish("joinGame", gameId=game_id, invite=invite)
    await (await ann.seated(game_id)).resign()

    hidden = await opened(eve, game_id, 2)
    nowhere = await opened(eve, new_name(GAMES), 2)
    own = await opened(ann, game_id, 2)

    assert hidden == nowhere
    assert (hidden["code"], hidden["field"]) == ("GAME_NOT_FOUND", "from")
    assert own["__typename"] == "CreateGameSuccess"
    told = await eve.post(FROM, id=own["game"]["id"])
    assert told.json()["data"]["game"]["opening"] == {"version": 2, "game": None}
    assert game_id not in told.text
    assert (await bob.ask(FROM, id=own["game"]["id"]))["game"]["opening"]["game"]["id"] == game_id


async def test_a_game_from_a_position_gives_positions_too(
    over: Match, eve: Player, bob: Player
) -> None:
    second = await begun_from(over, 4, eve, bob)
    await second.x.move(2, 2)
    await second.o.resign()

    third = (await opened(bob, second.id, 4))["game"]

    assert await opening_of(bob, third["id"]) == (4, 3, "O")
    assert cells(third) == [("X", 1, 1), ("O", 0, 1), ("X", 2, 2)]
    told = (await bob.ask(FROM, id=third["id"]))["game"]["opening"]
    assert told["game"]["id"] == second.id


async def test_its_review_goes_through_the_opening(over: Match, eve: Player, bob: Player) -> None:
    match = await begun_from(over, 4, eve, bob)
    await match.x.move(2, 2)
    await match.o.resign()

    positions = (await eve.ask(REVIEW, id=match.id))["game"]["review"]["positions"]

    assert [each["moveNumber"] for each in positions] == [0, 1, 2, 3]
    assert [each["version"] for each in positions] == [3, 3, 3, 4]


async def test_no_takeback_goes_behind_the_opening(over: Match, eve: Player, bob: Player) -> None:
    match = await begun_from(over, 4, eve, bob)

    early = await match.o.offer("TAKEBACK")
    await match.x.move(2, 2)
    await match.x.offer("TAKEBACK")
    game = (await match.o.accept("TAKEBACK"))["game"]

    assert early["code"] == "NOTHING_TO_TAKE_BACK"
    assert cells(game) == [("X", 1, 1), ("O", 0, 1)]


async def test_its_rematch_begins_from_there_too(over: Match, eve: Player, bob: Player) -> None:
    match = await begun_from(over, 4, eve, bob)
    await match.o.resign()

    await match.x.offer("REMATCH")
    await match.o.accept("REMATCH")

    events = await eve.events(match.id)
    again = await eve.game(events[-1]["rematch"]["id"])
    assert await opening_of(eve, again["id"]) == (4, 2, "X")
    assert [each["player"]["id"] for each in again["players"]] == [bob.id, eve.id]
    assert (again["status"], again["turn"], again["version"]) == ("PLAYING", "X", 3)


async def begun_from(over: Match, version: int, x: Player, o: Player) -> Match:
    """Begin a game from a position of another."""
    game_id = (await opened(x, over.id, version, mark="X"))["game"]["id"]
    await o.wish("joinGame", gameId=game_id)
    return Match(game_id, await x.seated(game_id), await o.seated(game_id))
