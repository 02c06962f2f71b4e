"""The critical path from end to end: ann at one process, bob at another, one Postgres."""

from tests.e2e.clients import PASSWORD, Answer, Client, Match, Player, begun, signed_up
from tests.e2e.documents import LIST_GAMES, WISHES
from tests.e2e.servers import Server

WIN = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))
DRAW = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 0), (1, 2), (2, 1), (2, 0), (2, 2))


async def arrive(server: Server, name: str) -> Player:
    """Sign up, log in once more in capitals, and ask who one is."""
    player = await signed_up(server, name)
    name = player.username.upper()
    session = await Client(server).wish("login", username=name, password=PASSWORD)
    player = player.saying(f"{session['tokenType']} {session['accessToken']}")
    assert await player.ask("{ me { id username kind } }") == {"me": session["player"]}
    return player


async def test_two_strangers_meet_and_play_a_game_to_its_end(here: Server, there: Server) -> None:
    ann, bob = await arrive(here, "ann"), await arrive(there, "bob")
    game_id = await ann.create(rules={"rows": 3, "columns": 3, "line": 3})
    [listed] = (await bob.ask(LIST_GAMES, status="WAITING", first=1))["games"]["edges"]
    assert listed["node"]["id"] == game_id
    assert listed["node"]["creator"] == {"id": ann.id, "username": ann.username}
    await bob.wish("joinGame", gameId=game_id)
    match = Match(game_id, await ann.seated(game_id), await bob.seated(game_id))

    async with match.x.following(game_id, after=2) as to_ann, match.o.following(game_id) as to_bob:
        assert (await anext(to_bob))["__typename"] == "GameSnapshot"
        answers = await match.play(*WIN)
        heard = [each async for each in to_bob]
        assert [each async for each in to_ann] == heard

    assert [each["version"] for each in heard] == [3, 4, 5, 6, 7, 8]
    assert [each["__typename"] for each in heard] == ["MoveMade"] * 5 + ["GameEnded"]
    assert heard[-1]["game"] == answers[-1]["game"] == await bob.game(game_id)


async def test_moves_go_over_the_socket_too(match: Match) -> None:
    async with match.x.socket() as of_ann, match.o.following(match.id, after=2) as to_bob:
        wished = {"gameId": match.id, "row": 1, "column": 2}
        answer = await of_ann.ask(WISHES["makeMove"], input=wished)
        heard = await anext(to_bob)

    assert answer["makeMove"]["__typename"] == "MakeMoveSuccess"
    assert answer["makeMove"]["game"] == heard["game"]
    assert (heard["mark"], heard["row"], heard["column"]) == ("X", 1, 2)


async def test_each_hears_the_other_at_once_by_turns(match: Match) -> None:
    async with match.x.following(match.id) as to_ann, match.o.following(match.id) as to_bob:
        snapshots = await anext(to_ann), await anext(to_bob)
        assert [each["version"] for each in snapshots] == [2, 2]
        for turn, cell in enumerate(DRAW):
            await (match.x, match.o)[turn % 2].move(*cell)
            hearing = (to_bob, to_ann)[turn % 2], (to_ann, to_bob)[turn % 2]
            assert [(await anext(each))["version"] for each in hearing] == [turn + 3] * 2


async def test_a_won_game_tells_how(match: Match) -> None:
    await match.play(*WIN)

    game = await match.o.game(match.id)
    assert (game["status"], game["winner"], game["ending"]) == ("FINISHED", "X", "LINE")
    assert game["board"]["rows"] == [["X", "X", "X"], ["O", "O", None], [None, None, None]]
    assert game["winningLine"] == [{"row": 0, "column": each} for each in range(3)]
    assert [(each["row"], each["column"]) for each in game["moves"]] == list(WIN)
    assert [each["mark"] for each in game["moves"]] == ["X", "O", "X", "O", "X"]
    assert (game["turn"], game["version"]) == (None, 8)


async def test_a_full_board_is_a_draw(match: Match) -> None:
    answers = await match.play(*DRAW)

    game = answers[-1]["game"]
    assert (game["status"], game["winner"], game["ending"]) == ("FINISHED", None, "BOARD_FULL")
    assert game["winningLine"] is None


async def test_resigning_gives_the_game_to_the_opponent(match: Match) -> None:
    answer = await match.x.resign(expectedVersion=2)

    assert answer["__typename"] == "ResignSuccess"
    assert (answer["game"]["winner"], answer["game"]["ending"]) == ("O", "RESIGNATION")
    assert await match.o.game(match.id) == answer["game"]


async def test_a_waiting_game_can_be_taken_back(ann: Player, bob: Player) -> None:
    seat = await ann.seated(await ann.create())

    async with bob.following(seat.game_id) as to_bob:
        assert (await anext(to_bob))["game"]["status"] == "WAITING"
        answer = await seat.wish("cancelGame", gameId=seat.game_id)
        [heard] = [each async for each in to_bob]

    assert answer["__typename"] == "CancelGameSuccess"
    assert heard["__typename"] == "GameCancelled"
    assert heard["game"] == answer["game"]


async def test_the_events_tell_the_whole_game(match: Match) -> None:
    await match.play(*WIN)

    events = await match.o.events(match.id)
    kinds = ["GameCreated", "PlayerJoined", *["MoveMade"] * 5, "GameEnded"]
    assert [each["__typename"] for each in events] == kinds
    assert [each["version"] for each in events] == [each["game"]["version"] for each in events]
    assert [each["version"] for each in events] == list(range(1, 9))
    assert events[-1]["winningLine"] == [{"row": 0, "column": each} for each in range(3)]


async def test_events_are_read_page_by_page(match: Match) -> None:
    await match.play(*WIN)
    pages: list[Answer] = []
    after = None
    query = """query ($id: ID!, $after: String) { game(id: $id) { events(first: 3, after: $after) {
      edges { node { version } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""

    while not pages or pages[-1]["pageInfo"]["hasNextPage"]:
        page = (await match.o.ask(query, id=match.id, after=after))["game"]["events"]
        after = page["pageInfo"]["endCursor"]
        pages.append(page)

    versions = [[edge["node"]["version"] for edge in page["edges"]] for page in pages]
    assert versions == [[1, 2, 3], [4, 5, 6], [7, 8]]
    assert [page["pageInfo"]["hasPreviousPage"] for page in pages] == [False, True, True]


async def test_a_game_is_shown_as_it_was(match: Match) -> None:
    answers = await match.play(*WIN[:3])
    query = """query ($id: ID!) { game(id: $id) {
      at(version: 4) { version turn moves { mark } board { rows } at(version: 1) { status } }
      version } }"""

    game = (await match.o.ask(query, id=match.id))["game"]

    assert game["at"]["board"] == answers[1]["game"]["board"]
    assert (game["at"]["version"], game["at"]["turn"], len(game["at"]["moves"])) == (4, "X", 2)
    assert game["at"]["at"] == {"status": "WAITING"}
    assert game["version"] == 5


async def test_the_creator_may_take_either_mark(ann: Player, bob: Player) -> None:
    created = await ann.wish("createGame", mark="O", preset="GOMOKU")
    joined = await bob.wish("joinGame", gameId=created["game"]["id"])

    marks = {each["mark"]: each["player"]["id"] for each in joined["game"]["players"]}
    assert marks == {"X": bob.id, "O": ann.id}
    assert joined["game"]["rules"] == {"rows": 15, "columns": 15, "line": 5}


async def test_chance_may_choose_the_mark_and_stands_by_it(ann: Player, bob: Player) -> None:
    created = [await ann.wish("createGame", mark="RANDOM") for _ in range(30)]

    marks = [each["game"]["players"][0]["mark"] for each in created]
    assert set(marks) == {"X", "O"}
    assert [(await bob.game(each["game"]["id"]))["players"][0]["mark"] for each in created] == marks


async def test_a_spectator_reads_and_follows(match: Match, eve: Player) -> None:
    async with eve.following(match.id) as to_eve:
        assert (await anext(to_eve))["version"] == 2
        await match.play(*WIN)
        heard = [each async for each in to_eve]

    assert heard[-1]["game"] == await eve.game(match.id)
    assert [each["version"] for each in heard] == [3, 4, 5, 6, 7, 8]


async def test_games_on_one_pair_of_players_do_not_mix(ann: Player, bob: Player) -> None:
    one, other = await begun(ann, bob), await begun(bob, ann)

    async with ann.following(one.id, after=2) as of_one, ann.following(other.id, after=2) as news:
        await one.play((0, 0), (1, 1))
        await other.play((2, 2))
        heard = [await anext(of_one), await anext(of_one), await anext(news)]

    assert [each["game"]["id"] for each in heard] == [one.id, one.id, other.id]
