"""Guests: they play at once, and may become members later; members change their names."""

import asyncio
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from tests.e2e.clients import PASSWORD, Client, Player, as_guest, begun, in_session, signed_up
from tests.e2e.documents import PLAY_AS_GUEST, RENEW_SESSION
from tests.e2e.servers import Server, running
from tests.e2e.sockets import RefusedError

ME = "{ me { id username kind } }"
GAMES = "{ me { games { edges { node { id } } } } }"

Answer = dict[str, Any]


def a_name() -> str:
    return f"otter-{token_hex(6)}"


async def me(player: Player) -> Answer:
    found: Answer = (await player.ask(ME))["me"]
    return found


async def claimed(guest: Player, username: str, password: str = PASSWORD) -> Answer:
    return await guest.wish("claimAccount", username=username, password=password)


async def logged_in(server: Server, username: str, password: str = PASSWORD) -> Answer:
    return await Client(server).wish("login", username=username, password=password)


async def test_a_guest_has_a_name_that_nobody_can_choose(here: Server, there: Server) -> None:
    guest = await as_guest(here)

    assert re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+( \d+)?", guest.username)
    assert await me(guest) == {"id": guest.id, "username": guest.username, "kind": "GUEST"}
    assert await me(guest.on(there)) == await me(guest)
    refused = await Client(here).wish("signUp", username=guest.username, password=PASSWORD)
    assert refused["code"] == "USERNAME_NOT_ALLOWED"


async def test_guests_come_at_once_and_no_two_share_a_name(here: Server, there: Server) -> None:
    guests = await asyncio.gather(*(as_guest(each) for each in [here, there] * 20))

    assert max(Counter(guest.username.lower() for guest in guests).values()) == 1


async def test_nobody_logs_in_as_a_guest(here: Server) -> None:
    guest = await as_guest(here)

    assert (await logged_in(here, guest.username))["code"] == "WRONG_CREDENTIALS"


async def test_a_guest_plays_like_anybody(here: Server, bob: Player) -> None:
    guest = await as_guest(here)
    match = await begun(guest, bob)

    answers = await match.play((0, 0), (1, 0), (0, 1), (1, 1), (0, 2))

    assert answers[-1]["game"]["winner"] == "X"
    assert answers[-1]["game"]["players"][0]["player"]["username"] == guest.username


async def test_a_guest_claims_an_account_and_keeps_their_games(
    here: Server, there: Server, bob: Player
) -> None:
    guest, username = await as_guest(here), a_name()
    match = await begun(guest, bob)
    await match.x.move(0, 0)

    answer = await claimed(guest.on(there), username)

    member = {"id": guest.id, "username": username, "kind": "MEMBER"}
    assert answer == {"__typename": "ClaimAccountSuccess", "player": member}
    assert await me(guest) == member
    await match.o.move(1, 1)
    assert (await match.x.move(0, 1))["game"]["version"] == 5
    again = in_session(there, await logged_in(there, username.upper()))
    assert again.id == guest.id
    [edge] = (await again.ask(GAMES))["me"]["games"]["edges"]
    assert edge["node"]["id"] == match.id


async def test_a_claim_that_is_sent_again_changes_nothing(here: Server) -> None:
    guest, username = await as_guest(here), a_name()
    await claimed(guest, username)

    answer = await claimed(guest, username, "another password")

    assert (answer["__typename"], answer["code"]) == ("AccountRejection", "ALREADY_A_MEMBER")
    assert (await logged_in(here, username))["player"]["id"] == guest.id


async def test_a_claim_is_refused_like_a_sign_up(here: Server, ann: Player) -> None:
    guest = await as_guest(here)

    for username, password, code in [
        ("no", PASSWORD, "USERNAME_NOT_ALLOWED"),
        ("Quiet Otter", PASSWORD, "USERNAME_NOT_ALLOWED"),
        (a_name(), "short", "PASSWORD_NOT_ALLOWED"),
        (ann.username.upper(), PASSWORD, "USERNAME_TAKEN"),
    ]:
        assert (await claimed(guest, username, password))["code"] == code
    assert (await me(guest))["kind"] == "GUEST"


async def test_a_name_that_is_taken_comes_with_names_that_are_free(
    here: Server, ann: Player
) -> None:
    guest = await as_guest(here)
    bob = await signed_up(here, "bob")

    refusals = [
        await claimed(guest, ann.username),
        await Client(here).wish("signUp", username=ann.username.upper(), password=PASSWORD),
        await bob.wish("changeUsername", username=ann.username),
    ]

    for refusal in refusals:
        assert refusal["code"] == "USERNAME_TAKEN"
        assert len(refusal["suggestions"]) == 3
    assert (await claimed(guest, refusals[0]["suggestions"][-1]))["player"]["kind"] == "MEMBER"


async def test_of_two_claims_at_once_one_wins_with_its_own_password(
    here: Server, there: Server
) -> None:
    for _ in range(5):
        guest = await as_guest(here)
        wishes = [(here, a_name(), "password one"), (there, a_name(), "password two")]

        answers = await asyncio.gather(
            *(claimed(guest.on(at), name, password) for at, name, password in wishes)
        )

        won = ["player" in answer for answer in answers]
        assert sorted(won) == [False, True]
        _, name, password = wishes[won.index(True)]
        assert (await logged_in(here, name, password))["player"]["id"] == guest.id


async def test_two_guests_claim_one_name_and_one_gets_it(here: Server, there: Server) -> None:
    one, other, username = await as_guest(here), await as_guest(there), a_name()

    answers = await asyncio.gather(claimed(one, username), claimed(other, username))

    [winner] = [answer["player"]["id"] for answer in answers if "player" in answer]
    assert (await logged_in(here, username))["player"]["id"] == winner
    assert {(await me(one))["kind"], (await me(other))["kind"]} == {"GUEST", "MEMBER"}


async def test_a_member_changes_their_name_everywhere(
    here: Server, there: Server, bob: Player
) -> None:
    ann, username = await signed_up(here, "ann"), a_name()
    match = await begun(ann, bob)

    answer = await ann.wish("changeUsername", username=username)

    assert answer["player"] == {"id": ann.id, "username": username, "kind": "MEMBER"}
    seat = (await bob.on(there).game(match.id))["players"][0]
    assert seat["player"] == {"id": ann.id, "username": username}
    assert (await logged_in(there, username))["player"]["id"] == ann.id
    assert (await logged_in(there, ann.username))["code"] == "WRONG_CREDENTIALS"
    newcomer = await Client(here).wish("signUp", username=ann.username, password=PASSWORD)
    assert newcomer["player"]["id"] != ann.id


async def test_a_member_may_write_their_name_in_another_case(here: Server) -> None:
    ann = await signed_up(here, "ann")

    answer = await ann.wish("changeUsername", username=ann.username.upper())

    assert answer["player"]["username"] == ann.username.upper()


async def test_a_guest_has_no_name_to_change(here: Server) -> None:
    guest = await as_guest(here)

    answer = await guest.wish("changeUsername", username=a_name())

    assert (answer["__typename"], answer["code"]) == ("AccountRejection", "NOT_A_MEMBER")


@pytest.mark.parametrize("name", ["", "no", "Quiet Otter", "x" * 25])
async def test_a_name_outside_the_policy_is_refused(ann: Player, name: str) -> None:
    answer = await ann.wish("changeUsername", username=name)

    assert (answer["code"], answer["field"]) == ("USERNAME_NOT_ALLOWED", "username")


async def test_names_and_guests_are_throttled(database_url: str, tmp_path: Path) -> None:
    limits = {"guests_per_address": "2/3600", "renames_per_player": "1/3600"}
    async with running(database_url, tmp_path, **limits) as server:
        for _ in range(2):
            await as_guest(server)
        ann = await signed_up(server, "ann")
        await ann.wish("changeUsername", username=a_name())

        third = (await Client(server).ask(PLAY_AS_GUEST))["playAsGuest"]
        again = await ann.wish("changeUsername", username=a_name())

    for refused in (third, again):
        assert refused["__typename"] == "AccountRejection"
        assert refused["code"] == "TOO_MANY_ATTEMPTS"
        assert 0 < refused["retryAfter"] <= 3600
        assert refused["suggestions"] == []


async def test_claims_are_throttled_as_sign_ups(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path, sign_ups_per_address="1/3600") as server:
        one, other = await as_guest(server), await as_guest(server)
        assert "player" in await claimed(one, a_name())

        assert (await claimed(other, a_name()))["code"] == "TOO_MANY_ATTEMPTS"


def left(session: Answer) -> timedelta:
    expires_at = datetime.fromisoformat(session["expiresAt"])
    return expires_at - datetime.now(expires_at.tzinfo)


async def test_a_guest_is_known_for_weeks(here: Server) -> None:
    session = (await Client(here).ask(PLAY_AS_GUEST))["playAsGuest"]

    assert timedelta(days=29) < left(session) <= timedelta(days=30)


async def test_a_session_is_renewed_without_a_password(
    shared_database_url: str, tmp_path: Path, there: Server
) -> None:
    async with running(shared_database_url, tmp_path, access_lifetime="PT3S") as server:
        ann = await signed_up(server, "ann")
        session = (await ann.on(there).ask(RENEW_SESSION))["renewSession"]
        renewed = in_session(there, session)
        async with ann.socket() as socket, renewed.socket() as other:
            assert await socket.closed() == (4403, "TOKEN_EXPIRED")
            assert (await other.ask(ME))["me"]["id"] == ann.id

        assert left(session) > timedelta(hours=11)
        assert session["player"]["id"] == ann.id
        assert (await me(renewed))["id"] == ann.id


async def test_a_renewed_session_is_the_same_session(here: Server, there: Server) -> None:
    guest = await as_guest(here)
    renewed = in_session(there, (await guest.on(there).ask(RENEW_SESSION))["renewSession"])

    await guest.ask("mutation { logout { player { id } } }")

    for each in (guest, renewed):
        response = await each.post(ME)
        assert response.json()["errors"][0]["extensions"]["code"] == "TOKEN_REVOKED"


async def test_an_intratoken_renews_no_session(here: Server) -> None:
    guest = await as_guest(here)
    seat = await guest.seated(await guest.create())

    with pytest.raises(RefusedError) as refused:
        await seat.ask(RENEW_SESSION)

    assert refused.value.codes == ["FORBIDDEN"]
