"""`extensions.authorization`: an operation may be somebody else's than its socket."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.clients import Client, Player, Seat, begun, signed_up
from tests.e2e.documents import FOLLOW_GAME, WISHES
from tests.e2e.servers import SECRET, Server
from tests.e2e.sockets import Socket
from xogql.auth.tokens import AccessClaims, Tokens
from xogql.game import PlayerId

ME = "{ me { id } }"
SHORT = Tokens(SECRET, access_lifetime=timedelta(seconds=3), intra_lifetime=timedelta(seconds=3))


async def say(
    socket: Socket, name: str, authorization: object, document: str, **variables: object
) -> None:
    payload = {
        "query": document,
        "variables": variables,
        "extensions": {"authorization": authorization},
    }
    await socket.send("subscribe", id=name, payload=payload)


async def answer(socket: Socket, authorization: object, document: str, **variables: object) -> Any:
    """Give the data of a query or mutation, or the codes of the errors."""
    await say(socket, "asked", authorization, document, **variables)
    message = await socket.receive_of("asked")
    if message["type"] == "error":
        return [each["extensions"]["code"] for each in message["payload"]]
    assert (await socket.receive_of("asked"))["type"] == "complete"
    return message["payload"]["data"]


async def follow(socket: Socket, name: str, authorization: object, seat: Seat) -> None:
    await say(socket, name, authorization, FOLLOW_GAME, gameId=seat.game_id)
    assert (await socket.receive_of(name))["type"] == "next"


async def code_of_the_end(socket: Socket, name: str) -> str:
    message = await socket.receive_of(name)
    assert message["type"] == "error"
    code: str = message["payload"][0]["extensions"]["code"]
    return code


def short_token_of(player: Player) -> str:
    claims = SHORT.read(player.authorization or "")
    assert isinstance(claims, AccessClaims)
    token = SHORT.issue_access(PlayerId(player.id), claims.session, datetime.now(UTC))
    return f"{token.kind} {token.value}"


async def test_many_games_are_played_over_one_socket(
    server: Server, ann: Player, bob: Player
) -> None:
    matches = [await begun(ann, bob) for _ in range(3)]

    async with Client(server).socket() as socket:
        for match in matches:
            wished = {"gameId": match.id, "row": 1, "column": 1}
            told = await answer(socket, match.x.authorization, WISHES["makeMove"], input=wished)
            assert told["makeMove"]["game"]["id"] == match.id


async def test_the_token_is_good_for_its_operation_alone(server: Server, ann: Player) -> None:
    async with Client(server).socket() as socket:
        assert await answer(socket, ann.authorization, ME) == {"me": {"id": ann.id}}
        await socket.send("subscribe", id="nobody's", payload={"query": ME})
        message = await socket.receive_of("nobody's")

    assert message["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_null_is_the_token_of_the_socket(ann: Player) -> None:
    async with ann.socket() as socket:
        assert await answer(socket, None, ME) == {"me": {"id": ann.id}}


async def test_its_name_is_taken_in_any_case(server: Server, ann: Player) -> None:
    payload = {"query": ME, "extensions": {"Authorization": ann.authorization}}

    async with Client(server).socket() as socket:
        await socket.send("subscribe", id="1", payload=payload)
        assert (await socket.receive_of("1"))["payload"] == {"data": {"me": {"id": ann.id}}}


@pytest.mark.parametrize("authorization", ["Bearer a.b.c", "", 1, {}, ["Bearer a.b.c"]])
async def test_a_bad_token_is_an_error_of_its_operation(ann: Player, authorization: object) -> None:
    async with ann.socket() as socket:
        assert await answer(socket, authorization, ME) == ["TOKEN_INVALID"]
        assert await socket.ask(ME) == {"me": {"id": ann.id}}


async def test_a_session_that_is_logged_out_ends_what_runs_by_its_token(
    server: Server, ann: Player
) -> None:
    eve = await signed_up(server, "eve")
    match = await begun(ann, eve)

    async with ann.socket() as socket:
        await follow(socket, "eve's", eve.authorization, match.o)
        await follow(socket, "ann's", None, match.x)
        await eve.ask("mutation { logout { player { id } } }")
        assert await code_of_the_end(socket, "eve's") == "TOKEN_REVOKED"
        await match.x.move(1, 1)
        assert (await socket.receive_of("ann's"))["type"] == "next"


async def test_a_token_that_expires_ends_what_runs_by_it(ann: Player, bob: Player) -> None:
    match = await begun(ann, bob)

    async with ann.socket() as socket:
        await follow(socket, "bob's", short_token_of(bob), match.o)
        assert await code_of_the_end(socket, "bob's") == "TOKEN_EXPIRED"
        assert await socket.ask(ME) == {"me": {"id": ann.id}}
