"""Every refusal there is, each reached through GraphQL."""

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_hex
from uuid import uuid4

import pytest

from tests.e2e.clients import PASSWORD, Answer, Client, Match, Player, as_guest, signed_up
from tests.e2e.servers import Server
from xogql.api.rejections import RejectionCode

Reach = Callable[[Match, Player], Awaitable[Answer]]

WAYS: dict[str, Reach] = {}
"""How each code is reached: in ann's and bob's game, by them or by eve."""


def reaches(code: RejectionCode) -> Callable[[Reach], Reach]:
    def kept(way: Reach) -> Reach:
        WAYS[code] = way
        return way

    return kept


@reaches(RejectionCode.ALREADY_A_MEMBER)
async def claim_an_account_again(match: Match, eve: Player) -> Answer:
    return await eve.wish("claimAccount", username="newcomer", password=PASSWORD)


@reaches(RejectionCode.CELL_TAKEN)
async def move_where_a_mark_stands(match: Match, eve: Player) -> Answer:
    await match.x.move(0, 0)
    return await match.o.move(0, 0)


@reaches(RejectionCode.COMMAND_ID_REUSED)
async def move_elsewhere_with_the_same_id(match: Match, eve: Player) -> Answer:
    known = str(uuid4())
    await match.x.move(0, 0, commandId=known)
    return await match.x.move(0, 1, commandId=known)


@reaches(RejectionCode.GAME_MOVED_ON)
async def expect_an_earlier_version(match: Match, eve: Player) -> Answer:
    return await match.x.move(0, 0, expectedVersion=1)


@reaches(RejectionCode.GAME_NOT_FOUND)
async def join_no_game(match: Match, eve: Player) -> Answer:
    return await eve.wish("joinGame", gameId=f"game-{uuid4()}")


@reaches(RejectionCode.GAME_NOT_OVER)
async def ask_for_a_rematch_before_the_end(match: Match, eve: Player) -> Answer:
    return await match.x.offer("REMATCH")


@reaches(RejectionCode.GAME_NOT_STARTED)
async def move_while_it_waits(match: Match, eve: Player) -> Answer:
    seat = await eve.seated(await eve.create())
    return await seat.move(0, 0)


@reaches(RejectionCode.GAME_OVER)
async def move_after_the_end(match: Match, eve: Player) -> Answer:
    await match.o.resign()
    return await match.x.move(0, 0)


@reaches(RejectionCode.GAME_STARTED)
async def cancel_what_is_played(match: Match, eve: Player) -> Answer:
    return await match.x.wish("cancelGame", gameId=match.id)


@reaches(RejectionCode.INVITE_NEEDED)
async def join_without_an_invite(match: Match, eve: Player) -> Answer:
    other = await signed_up(eve.server, "zoe")
    return await eve.wish("joinGame", gameId=await other.create(visibility="LINK"))


@reaches(RejectionCode.NOTHING_TO_TAKE_BACK)
async def take_back_before_a_move(match: Match, eve: Player) -> Answer:
    await match.x.move(0, 0)
    return await match.o.offer("TAKEBACK")


@reaches(RejectionCode.NO_OFFER)
async def accept_what_was_not_offered(match: Match, eve: Player) -> Answer:
    return await match.x.accept("DRAW")


@reaches(RejectionCode.OFFER_MADE_ALREADY)
async def offer_a_draw_twice(match: Match, eve: Player) -> Answer:
    await match.x.offer("DRAW")
    return await match.x.offer("DRAW")


@reaches(RejectionCode.TOO_LATE_TO_ABORT)
async def abort_when_both_have_moved(match: Match, eve: Player) -> Answer:
    await match.play((0, 0), (1, 1))
    return await match.x.abort()


@reaches(RejectionCode.NOT_A_MEMBER)
async def rename_a_guest(match: Match, eve: Player) -> Answer:
    return await (await as_guest(eve.server)).wish("changeUsername", username="newcomer")


@reaches(RejectionCode.NOT_A_PLAYER)
async def ask_for_a_strangers_intratoken(match: Match, eve: Player) -> Answer:
    return await eve.wish("issueIntratoken", gameId=match.id)


@reaches(RejectionCode.NOT_YOUR_TURN)
async def move_on_the_opponents_turn(match: Match, eve: Player) -> Answer:
    return await match.o.move(0, 0)


@reaches(RejectionCode.OUTSIDE_BOARD)
async def move_outside(match: Match, eve: Player) -> Answer:
    return await match.x.move(-1, 2**31 - 1)


@reaches(RejectionCode.OWN_GAME)
async def join_ones_own_game(match: Match, eve: Player) -> Answer:
    return await eve.wish("joinGame", gameId=await eve.create())


@reaches(RejectionCode.POSITION_OVER)
async def begin_from_the_end(match: Match, eve: Player) -> Answer:
    await match.play((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))
    return await eve.wish("createGame", **{"from": {"gameId": match.id, "version": 7}})


@reaches(RejectionCode.PASSWORD_NOT_ALLOWED)
async def sign_up_with_a_short_password(match: Match, eve: Player) -> Answer:
    return await Client(eve.server).wish("signUp", username="newcomer", password="short")


@reaches(RejectionCode.LEVEL_NOT_AVAILABLE)
async def play_a_house_that_cannot(match: Match, eve: Player) -> Answer:
    return await eve.wish("createGame", preset="GOMOKU", opponent="HOUSE", level="PERFECT")


@reaches(RejectionCode.RULES_NOT_ALLOWED)
async def create_too_large_a_game(match: Match, eve: Player) -> Answer:
    return await eve.wish("createGame", rules={"rows": 20, "columns": 3, "line": 3})


@reaches(RejectionCode.SEAT_TAKEN)
async def join_what_is_played(match: Match, eve: Player) -> Answer:
    return await eve.wish("joinGame", gameId=match.id)


@reaches(RejectionCode.TOO_MANY_ATTEMPTS)
async def guess_a_password_again_and_again(match: Match, eve: Player) -> Answer:
    wished = {"username": eve.username, "password": "guessed wrong"}
    answers = [await Client(eve.server).wish("login", **wished) for _ in range(4)]
    assert [each["code"] for each in answers[:3]] == ["WRONG_CREDENTIALS"] * 3
    assert answers[3]["retryAfter"] > 0
    return answers[3]


@reaches(RejectionCode.USERNAME_NOT_ALLOWED)
async def sign_up_with_a_name_of_other_letters(match: Match, eve: Player) -> Answer:
    return await Client(eve.server).wish("signUp", username="añn ", password=PASSWORD)


@reaches(RejectionCode.USERNAME_TAKEN)
async def sign_up_with_anothers_name(match: Match, eve: Player) -> Answer:
    wished = {"username": eve.username.upper(), "password": PASSWORD}
    return await Client(eve.server).wish("signUp", **wished)


@reaches(RejectionCode.VERSION_NOT_FOUND)
async def begin_from_no_position(match: Match, eve: Player) -> Answer:
    await match.x.resign()
    return await eve.wish("createGame", **{"from": {"gameId": match.id, "version": 4}})


@reaches(RejectionCode.WRONG_CREDENTIALS)
async def log_in_with_an_unknown_name(match: Match, eve: Player) -> Answer:
    return await Client(eve.server).wish("login", username="nobody-at-all", password=PASSWORD)


@pytest.mark.parametrize("code", RejectionCode)
async def test_it_is_reached(code: RejectionCode, match: Match, eve: Player) -> None:
    answer = await WAYS[code](match, eve)

    assert answer["code"] == code
    assert answer["message"]
    if "game" in answer:  # what heals a client that did not know
        assert answer["game"] == await eve.game(answer["game"]["id"])


def test_every_code_is_reached() -> None:
    assert set(WAYS) == set(RejectionCode)


async def test_a_refusal_appends_nothing(match: Match) -> None:
    refused = [
        await match.o.move(0, 0, commandId=str(uuid4())),
        await match.x.move(3, 0),
        await match.x.resign(expectedVersion=1),
        await match.x.wish("cancelGame", gameId=match.id),
    ]

    assert all("code" in each for each in refused)
    assert [each["version"] for each in await match.x.events(match.id)] == [1, 2]


async def test_resigning_and_cancelling_are_refused_as_moves_are(match: Match, eve: Player) -> None:
    seat = await eve.seated(await eve.create())
    early = await seat.resign()
    await match.x.resign()
    late = [await match.o.resign(), await match.o.wish("cancelGame", gameId=match.id)]

    assert early["code"] == "GAME_NOT_STARTED"
    assert [each["code"] for each in late] == ["GAME_OVER", "GAME_OVER"]


async def test_offers_and_aborting_are_refused_as_moves_are(match: Match, eve: Player) -> None:
    seat = await eve.seated(await eve.create())
    early = [await seat.offer("DRAW"), await seat.accept("DRAW"), await seat.abort()]
    await match.x.resign()
    late = [await match.o.offer("DRAW"), await match.o.decline("TAKEBACK"), await match.o.abort()]

    assert {each["code"] for each in early} == {"GAME_NOT_STARTED"}
    assert {each["code"] for each in late} == {"GAME_OVER"}


@pytest.mark.parametrize(
    "game_id", ["", "x", "game-\0", "\ud800", "player-8f6b1b1e-3c5d-4b8e-9a51-0a4c7d3f2e11"]
)
async def test_whatever_is_no_games_id_is_not_found(eve: Player, game_id: str) -> None:
    for wish in ("joinGame", "issueIntratoken"):
        answer = await eve.wish(wish, gameId=game_id)
        assert answer["__typename"] == "GameNotFoundRejection"
        assert (answer["code"], answer["gameId"]) == ("GAME_NOT_FOUND", game_id)


@pytest.mark.parametrize("rules", [(2, 3, 3), (3, 2, 3), (3, 20, 3), (3, 3, 2), (3, 4, 5)])
async def test_rules_outside_the_bounds_are_refused(
    eve: Player, rules: tuple[int, int, int]
) -> None:
    wished = dict(zip(("rows", "columns", "line"), rules, strict=True))

    answer = await eve.wish("createGame", rules=wished, commandId=str(uuid4()))

    assert answer["__typename"] == "InputRejection"
    assert (answer["code"], answer["field"]) == ("RULES_NOT_ALLOWED", "rules")


async def test_rules_and_a_preset_together_are_refused(eve: Player) -> None:
    wished = {"rows": 3, "columns": 3, "line": 3}

    answer = await eve.wish("createGame", rules=wished, preset="GOMOKU")

    assert (answer["code"], answer["field"]) == ("RULES_NOT_ALLOWED", "rules")


@pytest.mark.parametrize("preset", ["TIC_TAC_TOE", "FOUR_IN_A_ROW", "GOMOKU"])
async def test_presets_are_rules_by_name(eve: Player, preset: str) -> None:
    rules = (await eve.wish("createGame", preset=preset))["game"]["rules"]

    assert (
        tuple(rules.values())
        == {
            "TIC_TAC_TOE": (3, 3, 3),
            "FOUR_IN_A_ROW": (6, 6, 4),
            "GOMOKU": (15, 15, 5),
        }[preset]
    )


@pytest.mark.parametrize("username", ["", "an", "a" * 25, "ann!", "ann bob", "\0ann", "\ud800nn"])
async def test_a_username_outside_the_policy_is_refused(server: Server, username: str) -> None:
    answer = await Client(server).wish("signUp", username=username, password=PASSWORD)

    assert answer["__typename"] == "InputRejection"
    assert (answer["code"], answer["field"]) == ("USERNAME_NOT_ALLOWED", "username")


@pytest.mark.parametrize("password", ["", "x" * 7, "x" * 257])
async def test_a_password_outside_the_policy_is_refused(server: Server, password: str) -> None:
    answer = await Client(server).wish("signUp", username="newcomer", password=password)

    assert answer["__typename"] == "InputRejection"
    assert (answer["code"], answer["field"]) == ("PASSWORD_NOT_ALLOWED", "password")


async def test_an_unknown_name_and_a_wrong_password_answer_the_same(server: Server) -> None:
    known = await signed_up(server, "ann")
    client = Client(server)

    wrong = await client.wish("login", username=known.username, password="guessed wrong")
    unknown = await client.wish("login", username="nobody-of-that-name", password=PASSWORD)

    assert wrong == unknown
    assert wrong["retryAfter"] is None


@pytest.mark.parametrize("username", ["", "\0", "\ud800", "a" * 10_000, "ann'; --"])
async def test_a_name_that_nobody_may_have_is_a_wrong_one(server: Server, username: str) -> None:
    answer = await Client(server).wish("login", username=username, password=PASSWORD)

    assert answer["code"] == "WRONG_CREDENTIALS"


@pytest.mark.parametrize("password", ["", "\0", "\ud800", "x" * 10_000])
async def test_a_password_that_nobody_may_have_is_a_wrong_one(
    eve: Player, password: str, server: Server
) -> None:
    known = await signed_up(server, "ann")

    answer = await Client(server).wish("login", username=known.username, password=password)

    assert answer["code"] == "WRONG_CREDENTIALS"


async def test_the_right_password_forgives_the_wrong_ones(server: Server) -> None:
    ann, client = await signed_up(server, "ann"), Client(server)
    codes = []
    for password in ("guessed wrong", "guessed wrong", PASSWORD) * 2:
        answer = await client.wish("login", username=ann.username, password=password)
        codes.append(answer.get("code", "let in"))

    assert codes == ["WRONG_CREDENTIALS", "WRONG_CREDENTIALS", "let in"] * 2


async def test_of_two_who_want_a_name_at_once_one_gets_it(server: Server) -> None:
    names = [f"ann-{token_hex(6)}" for _ in range(5)]
    for name in names:
        answers = await asyncio.gather(
            *(
                Client(server).wish("signUp", username=wished, password=PASSWORD)
                for wished in (name, name.upper())
            )
        )
        outcomes = sorted(each.get("code", "let in") for each in answers)
        assert outcomes == ["USERNAME_TAKEN", "let in"]
