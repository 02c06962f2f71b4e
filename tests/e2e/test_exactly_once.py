"""Exactly once, on whichever process; and the optimistic lock."""

import asyncio
from collections import Counter
from itertools import cycle, product
from typing import Any
from uuid import uuid4

from tests.e2e.clients import Match, Player, begun
from tests.e2e.servers import Server

LARGE = {"rows": 10, "columns": 10, "line": 10}


async def test_of_a_hundred_racing_moves_exactly_one_wins(
    ann: Player, bob: Player, here: Server, there: Server
) -> None:
    match = await begun(ann, bob, rules=LARGE)
    places = zip(cycle((here, there)), product(range(10), repeat=2), strict=False)

    answers = await asyncio.gather(
        *(match.x.on(server).move(*cell, commandId=str(uuid4())) for server, cell in places)
    )

    outcomes = Counter(each.get("code", "accepted") for each in answers)
    assert outcomes == {"accepted": 1, "NOT_YOUR_TURN": 99}
    [winner] = [each for each in answers if "code" not in each]
    assert [each["version"] for each in await bob.events(match.id)] == [1, 2, 3]
    assert await bob.game(match.id) == winner["game"]


async def test_of_a_hundred_who_join_one_is_seated(ann: Player, bob: Player, eve: Player) -> None:
    game_id = await ann.create()

    answers = await asyncio.gather(
        *(each.wish("joinGame", gameId=game_id) for each in (bob, eve) * 50)
    )

    assert Counter(each.get("code", "accepted") for each in answers) == {
        "accepted": 1,
        "SEAT_TAKEN": 99,
    }


async def test_a_repeat_on_another_process_gets_the_first_answer(
    match: Match, there: Server
) -> None:
    wished: dict[str, Any] = {"row": 1, "column": 1, "commandId": str(uuid4())}
    first = await match.x.move(**wished)
    await match.o.move(0, 0)

    again = await match.x.on(there).move(**wished)

    assert again == first
    assert first["game"]["version"] == 3
    assert len(await match.o.events(match.id)) == 4


async def test_a_repeat_of_the_winning_move_gets_the_first_answer(
    match: Match, there: Server
) -> None:
    await match.play((0, 0), (1, 0), (0, 1), (1, 1))
    wished: dict[str, Any] = {"row": 0, "column": 2, "commandId": str(uuid4())}

    answers = [await match.x.on(server).move(**wished) for server in (match.x.server, there)]

    assert answers[0] == answers[1]
    assert (answers[0]["game"]["version"], answers[0]["game"]["winner"]) == (8, "X")


async def test_a_command_sent_to_both_processes_at_once_is_carried_out_once(
    ann: Player, bob: Player, here: Server, there: Server
) -> None:
    match = await begun(ann, bob, rules=LARGE)

    for turn, cell in enumerate(list(product(range(10), repeat=2))[:30]):
        seat, known = (match.x, match.o)[turn % 2], str(uuid4())
        one, other = await asyncio.gather(
            *(seat.on(server).move(*cell, commandId=known) for server in (here, there))
        )
        assert one == other
        assert one["game"]["version"] == turn + 3

    assert len(await bob.events(match.id)) == 32


async def test_the_same_id_with_another_payload_is_refused(match: Match, there: Server) -> None:
    known = str(uuid4())
    first = await match.x.move(1, 1, commandId=known)

    answer = await match.x.on(there).move(1, 2, commandId=known)

    assert answer["code"] == "COMMAND_ID_REUSED"
    assert answer["game"] == first["game"]


async def test_the_same_id_in_another_game_is_another_command(ann: Player, bob: Player) -> None:
    known = str(uuid4())
    games = [await begun(ann, bob) for _ in range(2)]

    answers = [await each.x.move(0, 0, commandId=known) for each in games]

    assert [each["game"]["version"] for each in answers] == [3, 3]


async def test_creating_again_on_another_process_gives_the_same_game(
    ann: Player, there: Server
) -> None:
    wished = {"mark": "RANDOM", "commandId": str(uuid4())}
    first = await ann.wish("createGame", **wished)

    answers = [await each.wish("createGame", **wished) for each in (ann, ann.on(there)) * 5]

    assert answers == [first] * 10


async def test_creating_on_both_processes_at_once_gives_one_game(
    ann: Player, there: Server
) -> None:
    wished = {"mark": "RANDOM", "commandId": str(uuid4())}

    answers = await asyncio.gather(
        *(each.wish("createGame", **wished) for each in (ann, ann.on(there)) * 5)
    )

    assert all(each == answers[0] for each in answers)
    assert answers[0]["__typename"] == "CreateGameSuccess"


async def test_two_players_may_use_one_id_to_create(ann: Player, bob: Player) -> None:
    wished = {"mark": "X", "commandId": str(uuid4())}

    assert await ann.create(**wished) != await bob.create(**wished)


async def test_creating_again_otherwise_is_refused(ann: Player, there: Server) -> None:
    known = str(uuid4())
    first = await ann.wish("createGame", commandId=known, preset="GOMOKU")

    answer = await ann.on(there).wish("createGame", commandId=known, preset="TIC_TAC_TOE")

    assert (answer["code"], answer["game"]) == ("COMMAND_ID_REUSED", first["game"])


async def test_joining_and_resigning_are_repeated_too(ann: Player, bob: Player) -> None:
    game_id, known = await ann.create(), str(uuid4())
    joined = [await bob.wish("joinGame", gameId=game_id, commandId=known) for _ in range(2)]
    seat, known = await bob.seated(game_id), str(uuid4())
    resigned = [await seat.resign(commandId=known) for _ in range(2)]

    assert joined[0] == joined[1]
    assert resigned[0] == resigned[1]
    assert resigned[0]["game"]["version"] == 3


async def test_a_refused_command_may_be_sent_again_with_its_id(match: Match) -> None:
    known = str(uuid4())
    early = await match.o.move(0, 0, commandId=known)
    await match.x.move(1, 1)

    answer = await match.o.move(0, 0, commandId=known)

    assert early["code"] == "NOT_YOUR_TURN"
    assert answer["game"]["version"] == 4


async def test_a_stale_expected_version_is_refused_with_the_present_game(
    match: Match, there: Server
) -> None:
    moved = await match.x.move(0, 0, expectedVersion=2)

    answer = await match.o.on(there).move(1, 1, expectedVersion=2)

    assert answer["code"] == "GAME_MOVED_ON"
    assert answer["game"] == moved["game"]
    assert (await match.o.move(1, 1, expectedVersion=3))["game"]["version"] == 4


async def test_a_future_expected_version_is_refused(match: Match) -> None:
    assert (await match.x.move(0, 0, expectedVersion=3))["code"] == "GAME_MOVED_ON"


async def test_a_repeat_is_answered_whatever_version_it_expected(match: Match) -> None:
    wished: dict[str, Any] = {
        "row": 0,
        "column": 0,
        "commandId": str(uuid4()),
        "expectedVersion": 2,
    }

    assert await match.x.move(**wished) == await match.x.move(**wished)
