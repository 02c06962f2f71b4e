"""Each operation and who may carry it out: nobody, a player, a seat in the game, in another."""

import pytest

from tests.e2e.clients import Client, Match, Player, begun, signed_up
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError
from xogql.api.schema import EXECUTABLE

CALLERS = ("nobody", "a player", "a seat", "a seat elsewhere")
ANYBODY = set(CALLERS)
PLAYER = {"a player"}
SEAT = {"a seat"}

OPERATIONS = {
    'mutation { signUp(input: {username: "", password: ""}) WHAT }': ANYBODY,
    'mutation { login(input: {username: "", password: ""}) WHAT }': ANYBODY,
    "query { me WHAT }": PLAYER,
    "query { games WHAT }": PLAYER,
    'query { game(id: "GAME") WHAT }': PLAYER | SEAT,
    'query { game(id: "GAME") { at(version: 1) WHAT } }': PLAYER | SEAT,
    'query { game(id: "GAME") { events WHAT } }': PLAYER | SEAT,
    'query { game(id: "GAME") { creator { username } } }': PLAYER | SEAT,
    'query { game(id: "GAME") { creator { games WHAT } } }': PLAYER,
    'query { node(id: "GAME") WHAT }': PLAYER | SEAT,
    'query { node(id: "PLAYER") WHAT }': PLAYER,
    'query { node(id: "nonsense") WHAT }': PLAYER,
    "mutation { createGame(input: {}) WHAT }": PLAYER,
    'mutation { joinGame(input: {gameId: "GAME"}) WHAT }': PLAYER,
    'mutation { issueIntratoken(input: {gameId: "GAME"}) WHAT }': PLAYER,
    'mutation { makeMove(input: {gameId: "GAME", row: 9, column: 9}) WHAT }': SEAT,
    'mutation { resign(input: {gameId: "GAME", expectedVersion: 0}) WHAT }': SEAT,
    'mutation { cancelGame(input: {gameId: "GAME"}) WHAT }': SEAT,
    "mutation { logout WHAT }": PLAYER,
    "mutation { logoutEverywhere WHAT }": PLAYER,
    'subscription { gameEvents(gameId: "GAME") WHAT }': PLAYER | SEAT,
    "subscription { lobby WHAT }": PLAYER,
}


@pytest.fixture(scope="module")
async def one(ann: Player, bob: Player) -> Match:
    return await begun(ann, bob)


@pytest.fixture(scope="module")
async def other(ann: Player, bob: Player) -> Match:
    return await begun(ann, bob)


@pytest.fixture(params=CALLERS)
async def caller(
    request: pytest.FixtureRequest, here: Server, one: Match, other: Match
) -> tuple[str, Client]:
    match request.param:
        case "a player":  # who may be logged out
            return request.param, await signed_up(here, "eve")
        case "a seat":
            return request.param, one.x
        case "a seat elsewhere":
            return request.param, other.x
        case _:
            return request.param, Client(here)


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_who_may_do_what(operation: str, caller: tuple[str, Client], one: Match) -> None:
    name, client = caller
    document = operation.replace("WHAT", "{ __typename }")
    document = document.replace("GAME", one.id).replace("PLAYER", one.x.id)
    refused = [] if name in OPERATIONS[operation] else [refusal_of(name)]

    assert await refused_by_socket(client, document) == refused
    if not (operation.startswith("subscription") or "logout" in operation):
        assert await refused_by_http(client, document) == refused


def refusal_of(name: str) -> str:
    return "UNAUTHENTICATED" if name == "nobody" else "FORBIDDEN"


async def refused_by_http(client: Client, document: str) -> list[str]:
    try:
        await client.ask(document)
    except RefusedError as refused:
        return refused.codes
    return []


async def refused_by_socket(client: Client, document: str) -> list[str]:
    async with client.socket() as socket:
        try:
            await anext(await socket.begin(document))
        except RefusedError as refused:
            return refused.codes
    return []


def test_every_operation_is_tried() -> None:
    roots = [EXECUTABLE.query_type, EXECUTABLE.mutation_type, EXECUTABLE.subscription_type]
    fields = {name for root in roots if root for name in root.fields}
    assert fields == {
        operation.split(" { ")[1].split("(")[0].split()[0] for operation in OPERATIONS
    }
