"""Who may do what: every cell of the table, by every way that a token can be sent."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
from websockets import ConnectionClosed

from tests.e2e.clients import Client, Player, as_guest, begun, signed_up
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError, Socket, introduced
from tests.security.callers import Callers, logged_in_again
from tests.security.permissions import (
    ALLOWED,
    BY_WHO_ASKS,
    CALLERS,
    INTRODUCED,
    REFUSED,
    TABLE,
    fields_of,
    fields_told,
)
from xogql.api.schema import EXECUTABLE

Way: TypeAlias = Callable[[Client, str], Awaitable[str]]


@pytest.fixture(scope="module")
async def callers(server: Server, ann: Player, bob: Player) -> AsyncGenerator[Callers]:
    match, elsewhere = await begun(ann, bob), await begun(ann, bob)
    gone = await logged_in_again(ann)
    gone_seat = await gone.seated(match.id)
    await gone.ask("mutation { logout { __typename } }")
    other, spectator = await signed_up(server, "eve"), await signed_up(server, "sam")
    async with spectator.following(match.id) as news:
        assert (await anext(news))["__typename"] == "GameSnapshot"
        guest = await as_guest(server)
        yield Callers(match, elsewhere, ann, other, spectator, guest, gone, gone_seat)


@pytest.mark.parametrize("name", TABLE, ids=" ".join)
async def test_who_may_do_what(server: Server, callers: Callers, name: tuple[str, str]) -> None:
    document, outcomes = TABLE[name]
    document = document.replace("GAME", callers.match.id).replace("PLAYER", callers.match.x.id)
    fresh = "logout" in document
    found = {}
    async with introduced(server.socket_url, None) as anonymous:
        for caller in CALLERS:
            for way in ways(caller, anonymous, ends=fresh):
                authorization = await callers.authorization_of(caller, fresh=fresh)
                found[caller, way] = await way(Client(server, authorization), document)

    assert {key[0]: code for key, code in found.items()} == outcomes
    assert found == {key: outcomes[key[0]] for key in found}


@pytest.mark.parametrize("caller", REFUSED)
async def test_no_socket_is_opened_with_a_bad_token(
    server: Server, callers: Callers, caller: str
) -> None:
    authorization = await callers.authorization_of(caller, fresh=False)

    assert await by_socket(Client(server, authorization), "{ me { id } }") == REFUSED[caller]


def ways(caller: str, anonymous: Socket, *, ends: bool) -> list[Way]:
    """How the caller's token can be sent; a logout that *ends* a socket is answered by that."""
    every: list[Way] = [by_http, partial(by_own_token, anonymous)]
    return [*every, by_socket] if caller in INTRODUCED and not ends else every


async def by_http(client: Client, document: str) -> str:
    """Ask over HTTP, or follow by server-sent events, and give the code of the refusal."""
    if document.startswith("subscription"):
        return await by_event_stream(client, document)
    response = await client.post(document)
    return outcome(response.json())


async def by_event_stream(client: Client, document: str) -> str:
    headers = {"accept": "text/event-stream", "authorization": client.authorization or ""}
    headers = {name: value for name, value in headers.items() if value}
    ask = client.server.http.stream("POST", "/graphql", json={"query": document}, headers=headers)
    async with ask as response:
        if response.status_code == 401:
            return outcome(json.loads(await response.aread()))
        async for line in response.aiter_lines():
            if line.startswith("data: "):
                return outcome(json.loads(line.removeprefix("data: ")))
    return "nothing came"


async def by_socket(client: Client, document: str) -> str:
    """Introduce oneself with the token."""
    try:
        async with client.socket() as socket:
            return await asked(socket, {"query": document})
    except ConnectionClosed as closed:
        frame = closed.rcvd
    assert frame is not None
    assert frame.code == 4403
    return frame.reason


async def by_own_token(anonymous: Socket, client: Client, document: str) -> str:
    """Send the token with the operation, on the socket of nobody."""
    payload: dict[str, Any] = {"query": document}
    if client.authorization is not None:
        payload["extensions"] = {"authorization": client.authorization}
    return await asked(anonymous, payload)


async def asked(socket: Socket, payload: dict[str, Any]) -> str:
    name = str(uuid4())
    await socket.send("subscribe", id=name, payload=payload)
    message = await socket.receive_of(name)
    if message["type"] == "next":
        await socket.send("complete", id=name)
        return outcome(message["payload"])
    return refusal(message["payload"])


def outcome(result: Any) -> str:
    """Give the code of an error, of a refusal because of who asks, or that it is allowed."""
    if "errors" in result:
        return refusal(result["errors"])
    answers = [each for each in result["data"].values() if isinstance(each, dict)]
    refused = [each["code"] for each in answers if each.get("code") in BY_WHO_ASKS]
    return refused[0] if refused else ALLOWED


def refusal(errors: list[dict[str, Any]]) -> str:
    [code] = RefusedError(errors).codes
    return code


def test_every_field_of_the_schema_is_in_the_table() -> None:
    assert fields_of(EXECUTABLE) ^ fields_told() == set()
