"""How much one client may do: each limit is met, told, and leaves the others alone."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from websockets import connect
from websockets.exceptions import InvalidStatus

from tests.conftest import drop_database, new_database
from tests.e2e.clients import Player, begun, signed_up
from tests.e2e.documents import FOLLOW_LOBBY
from tests.e2e.servers import Server, running
from tests.e2e.sockets import PROTOCOL, RefusedError
from xogql.api.quotas import Bucket
from xogql.auth.throttle import Limit

ME = "{ me { id } }"
NEVER = timedelta(days=1)


def test_a_bucket_gives_its_burst_and_then_says_how_long_to_wait() -> None:
    bucket = Bucket(Limit(3, NEVER))

    assert [bucket.take(), bucket.take(2)] == [0, 0]
    assert 0 < bucket.take() <= NEVER.total_seconds()


def test_a_bucket_that_is_asked_for_too_much_gives_nothing_away() -> None:
    bucket = Bucket(Limit(3, NEVER))

    assert bucket.take(4) > 0
    assert bucket.take(3) == 0


@pytest.fixture(scope="module")
async def narrow(
    cluster_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """A server that allows little, and gives nothing back while the tests last."""
    url = await new_database(cluster_url, template_database)
    folder = tmp_path_factory.mktemp("narrow")
    async with running(
        url,
        folder,
        moves_per_player="2/1000",
        operations_per_client="30/1000",
        messages_per_socket="6/1000",
        operations_per_socket="2",
        sockets_per_player="1",
        origins="https://friend.example",
    ) as server:
        yield server
    await drop_database(cluster_url, url)


@pytest.fixture
async def ann(narrow: Server) -> Player:
    return await signed_up(narrow, "ann")


async def code_of_one_too_many(player: Player) -> str:
    for _ in range(31):
        answer = (await player.post(ME)).json()
        if "errors" in answer:
            code: str = answer["errors"][0]["extensions"]["code"]
            return code
    raise AssertionError(player)


async def test_moves_go_on_when_nothing_else_does(narrow: Server, ann: Player) -> None:
    match = await begun(ann, await signed_up(narrow, "bob"))

    assert await code_of_one_too_many(ann) == "RATE_LIMITED"
    assert (await match.x.move(0, 0))["__typename"] == "MakeMoveSuccess"


async def test_moves_have_a_limit_of_their_own(narrow: Server, ann: Player) -> None:
    match = await begun(ann, await signed_up(narrow, "bob"))
    for _ in range(2):
        await match.x.move(9, 9)

    with pytest.raises(RefusedError) as refused:
        await match.x.move(0, 0)

    [error] = refused.value.errors
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["retryAfter"] >= 1


async def test_over_http_the_wait_is_told_in_a_header(ann: Player) -> None:
    await code_of_one_too_many(ann)

    answer = await ann.post(ME)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


async def test_aliases_are_counted_each(ann: Player) -> None:
    many = "{" + " ".join(f"a{number}: me {{ id }}" for number in range(20)) + "}"
    await ann.ask(many)

    with pytest.raises(RefusedError):
        await ann.ask(many)


async def test_a_socket_carries_so_many_operations(ann: Player) -> None:
    async with ann.socket() as socket:
        for _ in range(2):
            await anext(await socket.begin(FOLLOW_LOBBY))
        with pytest.raises(RefusedError) as refused:
            await anext(await socket.begin(FOLLOW_LOBBY))

    assert refused.value.codes == ["TOO_MANY_OPERATIONS"]


async def test_a_player_has_so_many_sockets(ann: Player) -> None:
    async with ann.socket() as first, ann.socket() as second:
        assert await second.closed() == (1013, "Too many sockets")
        assert await first.ask(ME) == {"me": {"id": ann.id}}

    async with ann.socket() as third:
        assert await third.ask(ME) == {"me": {"id": ann.id}}


async def test_a_socket_that_sends_too_much_is_closed(ann: Player) -> None:
    async with ann.socket() as socket:
        for _ in range(7):
            await socket.send("ping")

        assert await socket.closed() == (1013, "Too many messages")


@pytest.mark.parametrize("origin", ["https://friend.example", None])
async def test_a_socket_opens_from_where_it_may(narrow: Server, origin: str | None) -> None:
    headers = {} if origin is None else {"origin": origin}

    async with connect(
        narrow.socket_url, subprotocols=[PROTOCOL], additional_headers=headers
    ) as socket:
        assert socket.subprotocol == PROTOCOL


async def test_a_socket_opens_from_the_servers_own_pages(narrow: Server) -> None:
    async with connect(narrow.socket_url, additional_headers={"origin": narrow.url}):
        pass


async def test_a_socket_does_not_open_from_elsewhere(narrow: Server) -> None:
    headers = {"origin": "https://foe.example"}

    with pytest.raises(InvalidStatus) as refused:
        async with connect(narrow.socket_url, additional_headers=headers):
            pass

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("https://friend.example", "https://friend.example"), ("https://foe.example", None)],
)
async def test_pages_from_named_origins_may_ask(
    narrow: Server, origin: str, allowed: str | None
) -> None:
    headers = {"origin": origin, "access-control-request-method": "POST"}

    answer = await narrow.http.options("/graphql", headers=headers)

    assert answer.headers.get("access-control-allow-origin") == allowed
