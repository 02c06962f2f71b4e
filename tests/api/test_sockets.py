"""graphql-transport-ws, frame by frame, against a real server."""

import pytest
from websockets import ConnectionClosed, connect

from tests.e2e.clients import Client, Match, Player
from tests.e2e.documents import FOLLOW_GAME
from tests.e2e.servers import Server
from tests.e2e.sockets import PROTOCOL, RefusedError, Socket, connected

ME = "{ me { id } }"
LOBBY = "subscription { lobby { snapshot } }"

MALFORMED = {
    "no JSON": "{",
    "nothing": "",
    "a number": "1",
    "a string": '"ping"',
    "a list": "[]",
    "null": "null",
    "no type": "{}",
    "a type of no kind": '{"type": null}',
    "an unknown type": '{"type": "start"}',
    "the old protocol": '{"type": "connection_terminate"}',
    "what only servers send": '{"type": "connection_ack"}',
    "a result": '{"type": "next", "id": "1", "payload": {}}',
    "a subscribe alone": '{"type": "subscribe"}',
    "no id": '{"type": "subscribe", "payload": {"query": "{ me { id } }"}}',
    "an empty id": '{"type": "subscribe", "id": "", "payload": {"query": "{ me { id } }"}}',
    "a number as id": '{"type": "subscribe", "id": 1, "payload": {"query": "{ me { id } }"}}',
    "an object as id": '{"type": "subscribe", "id": {}, "payload": {"query": "{ me { id } }"}}',
    "no payload": '{"type": "subscribe", "id": "1"}',
    "null as payload": '{"type": "subscribe", "id": "1", "payload": null}',
    "text as payload": '{"type": "subscribe", "id": "1", "payload": "{ me { id } }"}',
    "no query": '{"type": "subscribe", "id": "1", "payload": {}}',
    "a number as query": '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
    "a list as variables": (
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ me { id } }", "variables": []}}'
    ),
    "text as extensions": (
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ me { id } }", "extensions": ""}}'
    ),
    "a number as operationName": (
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ x }", "operationName": 1}}'
    ),
    "complete without id": '{"type": "complete"}',
    "complete of a number": '{"type": "complete", "id": 1}',
    "text as ping's payload": '{"type": "ping", "payload": "x"}',
    "a list as pong's payload": '{"type": "pong", "payload": []}',
    "deep nesting": "[" * 10_000,
}


@pytest.mark.parametrize("frame", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_frame_closes_the_socket(ann: Player, frame: str) -> None:
    async with ann.socket() as socket:
        await socket.send_raw(frame)
        assert (await socket.closed())[0] == 4400


async def test_a_binary_frame_closes_the_socket(ann: Player) -> None:
    async with ann.socket() as socket:
        await socket.send_raw(b'{"type": "ping"}')
        assert (await socket.closed())[0] == 4400


@pytest.mark.parametrize("payload", ['"x"', "[]", "1"])
async def test_a_malformed_introduction_closes_the_socket(server: Server, payload: str) -> None:
    async with connected(server.socket_url) as socket:
        await socket.send_raw(f'{{"type": "connection_init", "payload": {payload}}}')
        assert (await socket.closed())[0] == 4400


async def test_an_operation_before_the_acknowledgement_closes_the_socket(server: Server) -> None:
    async with connected(server.socket_url) as socket:
        await socket.begin(ME)
        assert (await socket.closed())[0] == 4401


@pytest.mark.parametrize("authorization", ["Bearer a.b.c", "", 1, {}, ["Bearer a.b.c"]])
async def test_a_bad_token_closes_the_socket(server: Server, authorization: object) -> None:
    async with connected(server.socket_url) as socket:
        await socket.send("connection_init", payload={"authorization": authorization})
        assert await socket.closed() == (4403, "TOKEN_INVALID")


async def test_no_common_subprotocol_closes_the_socket(server: Server) -> None:
    async with connected(server.socket_url, "graphql-ws") as socket:
        assert (await socket.closed())[0] == 4406


async def test_who_says_nothing_is_closed_in_the_end(server: Server) -> None:
    async with connected(server.socket_url) as socket:
        assert (await socket.closed())[0] == 4408


async def test_an_id_in_use_closes_the_socket(ann: Player) -> None:
    async with ann.socket() as socket:
        for _ in range(2):
            await socket.send("subscribe", id="same", payload={"query": LOBBY})
        assert (await socket.closed())[0] == 4409


async def test_a_second_introduction_closes_the_socket(ann: Player) -> None:
    async with ann.socket() as socket:
        await socket.send("connection_init")
        assert (await socket.closed())[0] == 4429


@pytest.mark.parametrize("rest", [{}, {"payload": None}, {"payload": {}}])
async def test_an_introduction_may_say_nothing(server: Server, rest: dict[str, object]) -> None:
    async with connected(server.socket_url) as socket:
        await socket.send("connection_init", **rest)
        assert await socket.receive() == {"type": "connection_ack"}


async def test_a_ping_is_answered_with_its_payload_at_any_time(server: Server) -> None:
    async with connected(server.socket_url) as socket:
        await socket.send("ping", payload={"at": [1, "✕", "\ud800"]})
        assert await socket.receive() == {"type": "pong", "payload": {"at": [1, "✕", "\ud800"]}}
        await socket.send("connection_init")
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.send("ping")
        assert await socket.receive() == {"type": "pong"}


async def test_an_unasked_pong_and_an_unknown_complete_are_ignored(ann: Player) -> None:
    async with ann.socket() as socket:
        await socket.send("pong", payload={"x": 1})
        await socket.send("complete", id="unknown")
        assert await socket.ask(ME) == {"me": {"id": ann.id}}


async def test_queries_and_mutations_go_over_the_socket(ann: Player) -> None:
    document = """mutation { createGame(input: {}) {
      ... on CreateGameSuccess { game { status creator { id } } } } }"""

    async with ann.socket() as socket:
        assert await socket.ask(ME) == {"me": {"id": ann.id}}
        created = await socket.ask(document)

    assert created["createGame"]["game"] == {"status": "WAITING", "creator": {"id": ann.id}}


async def test_an_id_may_be_used_again_after_its_completion(ann: Player) -> None:
    async with ann.socket() as socket:
        for _ in range(5):
            await socket.send("subscribe", id="same", payload={"query": ME})
            assert (await socket.receive())["payload"] == {"data": {"me": {"id": ann.id}}}
            assert await socket.receive() == {"type": "complete", "id": "same"}


async def test_an_id_may_be_used_again_once_its_operation_was_left(ann: Player) -> None:
    async with ann.socket() as socket:
        for _ in range(5):
            await socket.send("subscribe", id="same", payload={"query": LOBBY})
            assert (await socket.receive())["payload"]["data"]["lobby"]["snapshot"] is True
            await socket.send("complete", id="same")


async def test_an_id_may_be_used_again_after_an_error(ann: Player) -> None:
    async with ann.socket() as socket:
        for _ in range(3):
            await socket.send("subscribe", id="same", payload={"query": "{ nothing }"})
            message = await socket.receive()
            assert (message["type"], message["id"]) == ("error", "same")


async def follow(socket: Socket, match: Match) -> None:
    """Follow under the id `game`, and hear the snapshot."""
    payload = {"query": FOLLOW_GAME, "variables": {"gameId": match.id}}
    await socket.send("subscribe", id="game", payload=payload)
    assert (await socket.receive_of("game"))["type"] == "next"


@pytest.mark.parametrize(
    "document", ["{", "{ nothing }", '{ game(id: "x") { at(version: 0) { id } } }']
)
async def test_one_bad_operation_leaves_its_siblings_alone(match: Match, document: str) -> None:
    async with match.x.socket() as socket:
        await follow(socket, match)
        with pytest.raises(RefusedError):
            await socket.ask(document)
        await match.x.move(0, 0)
        message = await socket.receive_of("game")

    assert message["payload"]["data"]["gameEvents"]["__typename"] == "MoveMade"


async def test_a_subscription_that_cannot_begin_is_an_error_without_a_complete(
    ann: Player,
) -> None:
    async with ann.socket() as socket:
        operation = await socket.begin(FOLLOW_GAME, gameId="nothing")
        message = await socket.receive()
        assert (message["type"], message["id"]) == ("error", operation.id)
        await socket.send("ping")
        assert await socket.receive() == {"type": "pong"}


async def test_many_operations_at_once_are_all_answered(ann: Player) -> None:
    async with ann.socket() as socket:
        operations = [await socket.begin(ME) for _ in range(50)]
        answers = [[each async for each in operation] for operation in operations]

    assert answers == [[{"me": {"id": ann.id}}]] * 50


async def test_who_leaves_without_a_word_harms_nobody(match: Match) -> None:
    async with match.x.socket() as left, match.o.socket() as kept:
        await follow(left, match)
        await follow(kept, match)
        left._connection.transport.abort()
        await match.x.move(0, 0)
        message = await kept.receive_of("game")

    assert message["payload"]["data"]["gameEvents"]["version"] == 3


async def test_too_long_a_frame_closes_the_socket(ann: Player) -> None:
    async with ann.socket() as socket:
        await socket.send("ping", payload={"x": "x" * 100_000})
        assert (await socket.closed())[0] == 1009


async def test_who_is_nobody_may_sign_up_and_in_over_the_socket(server: Server) -> None:
    async with Client(server).socket() as socket:
        with pytest.raises(RefusedError) as refused:
            await socket.ask(ME)
        assert refused.value.codes == ["UNAUTHENTICATED"]
        document = 'mutation { login(input: {username: "nobody-x", password: "x"}) { __typename } }'
        assert await socket.ask(document) == {"login": {"__typename": "AccountRejection"}}


async def test_the_token_may_come_with_the_handshake(ann: Player) -> None:
    headers = {"authorization": ann.authorization or ""}
    async with connect(
        ann.server.socket_url, subprotocols=[PROTOCOL], additional_headers=headers
    ) as connection:
        socket = Socket(connection)
        await socket.send("connection_init")
        assert await socket.receive() == {"type": "connection_ack"}
        assert await socket.ask(ME) == {"me": {"id": ann.id}}


async def test_nothing_is_sent_after_the_socket_is_closed(ann: Player) -> None:
    async with ann.socket() as socket:
        await socket.send_raw("nonsense")
        await socket.closed()
        with pytest.raises(ConnectionClosed):
            await socket.receive()
