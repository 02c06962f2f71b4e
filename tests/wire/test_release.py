"""Sockets end as they should, whoever is to blame, and leave nothing behind."""

import asyncio
import json

import pytest
import strawberry
from structlog.testing import capture_logs

from tests.e2e.clients import Match, begun, signed_up
from tests.live.proxy import open_proxy
from tests.wire.connections import MODERN, Connector, Wire, subscribing
from tests.wire.deaf import Deaf, deaf
from tests.wire.in_process import LONGEST, InProcess, in_process
from xogql.api.patience import Patience

BOTH_WAYS = pytest.mark.parametrize("direct", [True, False], ids=["direct", "by ASGI"])
LIVELY = Patience(silence=0.1, pong=1.0)
EVERYTHING = "{ __schema { types { name description fields { name description } } } }"


async def follow(client: Deaf, match: Match) -> None:
    """Follow a game, and ask for more than anybody keeps for who does not read it."""
    payload = {"authorization": match.x.authorization}
    await client.say({"type": "connection_init", "payload": payload})
    assert (await client.hear())["type"] == "connection_ack"
    document = "subscription ($id: ID!) { gameEvents(gameId: $id) { version } }"
    await client.say(subscribing("game", document, variables={"id": match.id}))
    assert (await client.hear())["type"] == "next"
    await client.say(*(subscribing(str(n), EVERYTHING) for n in range(8)))


async def begun_at(server: InProcess) -> Match:
    return await begun(await signed_up(server, "ann"), await signed_up(server, "bob"))


async def test_what_was_said_goes_out_before_the_goodbye(database_url: str) -> None:
    async with (
        in_process(database_url) as server,
        Connector(server.socket_url).acknowledged() as wire,
    ):
        wire.say_at_once({"type": "ping"}, goodbye=1000)
        assert await wire.until_closed() == ("pong", "closed 1000")


@BOTH_WAYS
async def test_who_stops_reading_is_released(database_url: str, *, direct: bool) -> None:
    impatient = Patience(reading=0.5, leaving=0.1)
    async with in_process(database_url, impatient, direct=direct) as server:
        match = await begun_at(server)
        async with deaf(server.socket_url) as client:
            await follow(client, match)
            assert match.id in server.followed()
            await match.x.move(1, 1)
            await server.until_nobody_is_served()
            assert server.followed() == {}


@BOTH_WAYS
async def test_who_reads_again_finds_out_why(database_url: str, *, direct: bool) -> None:
    impatient = Patience(reading=0.5, leaving=LONGEST)
    async with in_process(database_url, impatient, direct=direct) as server:
        match = await begun_at(server)
        async with deaf(server.socket_url) as client:
            await follow(client, match)
            await server.until_nothing_is_done()
            assert server.followed() == {}
            end = await client.hear_the_end()

    assert end is not None
    assert end.code == 1013


@BOTH_WAYS
async def test_who_answers_no_ping_is_released(database_url: str, *, direct: bool) -> None:
    async with in_process(database_url, LIVELY, direct=direct) as server:
        match = await begun_at(server)
        connector = Connector(server.socket_url, {"authorization": match.x.authorization})
        async with connector.acknowledged() as wire:
            await wire.until_closed()
            await server.until_nobody_is_served()

    assert wire.seen == ("closed 1013",)
    assert server.followed() == {}


@BOTH_WAYS
async def test_who_answers_is_kept(database_url: str, *, direct: bool) -> None:
    async with (
        in_process(database_url, LIVELY, direct=direct) as server,
        Connector(server.socket_url).acknowledged() as wire,
        asyncio.timeout(LONGEST),
    ):
        for _ in range(2):
            assert json.loads(await wire.connection.recv()) == {"type": "ping"}
            await wire.say({"type": "pong"})
        assert await wire.still_open() == ("open",)


@BOTH_WAYS
async def test_who_is_gone_without_a_word_leaves_nothing(
    database_url: str, *, direct: bool
) -> None:
    async with in_process(database_url, direct=direct) as server:
        match = await begun_at(server)
        async with deaf(server.socket_url) as client:
            await follow(client, match)
            assert match.id in server.followed()
        await server.until_nobody_is_served()
        assert server.followed() == {}


@BOTH_WAYS
async def test_without_a_database_who_is_introduced_may_try_again(
    database_url: str, *, direct: bool
) -> None:
    async with open_proxy(database_url) as proxy, in_process(proxy.url, direct=direct) as server:
        ann = await signed_up(server, "ann")
        await proxy.close()
        with capture_logs():
            connector = Connector(server.socket_url, {"authorization": ann.authorization})
            async with connector.connected(MODERN) as wire:
                await introduce(wire, connector)
                await wire.until_closed()

    assert wire.seen == ("closed 1013",)


async def introduce(wire: Wire, connector: Connector) -> None:
    await wire.say({"type": "connection_init", "payload": connector.introduction})


@strawberry.type
class Query:
    unused: int = 1


@strawberry.type
class Mutation:
    """What it does is told by events: it has begun, it may go on, it is done."""

    begun = asyncio.Event()
    may_go_on = asyncio.Event()
    is_done = asyncio.Event()

    @strawberry.mutation
    async def do(self) -> int:
        Mutation.begun.set()
        await Mutation.may_go_on.wait()
        Mutation.is_done.set()
        return 1


@BOTH_WAYS
async def test_a_mutation_that_has_begun_is_carried_out_for_who_is_gone(
    monkeypatch: pytest.MonkeyPatch, database_url: str, *, direct: bool
) -> None:
    for each in (Mutation.begun, Mutation.may_go_on, Mutation.is_done):
        each.clear()
    schema = strawberry.Schema(query=Query, mutation=Mutation)
    monkeypatch.setattr("xogql.app.EXECUTABLE", schema._schema)

    async with in_process(database_url, direct=direct) as server:
        async with Connector(server.socket_url).acknowledged() as wire:
            await wire.subscribe("a", "mutation { do }")
            async with asyncio.timeout(LONGEST):
                await Mutation.begun.wait()
            await wire.complete("a")
            assert await wire.still_open() == ("open",)
        Mutation.may_go_on.set()
        await server.until_nobody_is_served()

    assert Mutation.is_done.is_set()
