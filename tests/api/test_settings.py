"""What an operator sets is what clients meet."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from graphql import get_introspection_query
from websockets import ConnectionClosed

from tests.api.test_errors import break_the_usernames
from tests.conftest import drop_database, new_database
from tests.e2e.clients import Player, signed_up
from tests.e2e.servers import ServerProcess, running
from tests.e2e.sockets import RefusedError

STRICT = {
    "page": "false",
    "playground": "false",
    "introspection": "false",
    "longest_body": "2000",
    "longest_frame": "2000",
    "most_tokens": "100",
    "most_depth": "3",
    "most_aliases": "1",
    "most_cost": "50",
}


@pytest.fixture(scope="module")
async def strict(
    cluster_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[ServerProcess]:
    url = await new_database(cluster_url, template_database)
    async with running(url, tmp_path_factory.mktemp("strict"), **STRICT) as server:
        yield server
    await drop_database(cluster_url, url)


@pytest.fixture(scope="module")
async def zoe(strict: ServerProcess) -> Player:
    return await signed_up(strict, "zoe")


async def test_the_playground_can_be_left_out(strict: ServerProcess, zoe: Player) -> None:
    headers = {"accept": "text/html"}

    page = await strict.http.get("/graphql", headers=headers)
    asset = await strict.http.get("/graphql/assets/main.js")

    assert (page.status_code, asset.status_code) == (406, 404)
    assert await zoe.ask("{ me { id } }") == {"me": {"id": zoe.id}}


async def test_the_page_can_be_left_out(strict: ServerProcess) -> None:
    answers = [await strict.http.get(each) for each in ("/", "/game/1", "/assets/index.js")]

    assert {each.status_code for each in answers} == {404}


async def test_introspection_can_be_refused(zoe: Player) -> None:
    for document in ("{ __schema { types { name } } }", '{ __type(name: "Game") { name } }'):
        with pytest.raises(RefusedError) as refused:
            await zoe.ask(document)
        assert {*refused.value.codes} == {"GRAPHQL_VALIDATION_FAILED"}

    assert await zoe.ask("{ me { __typename } }") == {"me": {"__typename": "Player"}}


async def test_introspection_is_open_by_default(ann: Player) -> None:
    assert "__schema" in await ann.ask(get_introspection_query())


@pytest.mark.parametrize(
    ("document", "measure"),
    [
        ("{ me { " + "id " * 98 + "} }", "tokens"),
        ("{ me { games(first: 1) { edges { cursor } } } }", "depth"),
        ("{ a: me { id } b: me { id } }", "aliases"),
        ("{ games(first: 50) { edges { cursor } } }", "cost"),
    ],
)
async def test_a_document_may_be_given_less(zoe: Player, document: str, measure: str) -> None:
    with pytest.raises(RefusedError) as refused:
        await zoe.ask(document)

    [error] = refused.value.errors
    assert error["extensions"] == {
        "code": "OPERATION_TOO_LARGE",
        "measure": measure,
        "limit": int(STRICT[f"most_{measure}"]),
    }


async def test_a_body_may_be_given_less(zoe: Player) -> None:
    response = await zoe.post("{ me { id } }" + " " * 2000)

    assert response.status_code == 413
    assert "2000 bytes" in response.json()["errors"][0]["message"]


async def test_a_frame_may_be_given_less(zoe: Player) -> None:
    with pytest.raises(ConnectionClosed) as closed:
        async with zoe.socket() as socket:
            await socket.ask("{ me { id } }" + " " * 2000)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


async def test_internal_errors_can_be_masked_anywhere(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path, mask_errors="true") as server:
        eve = await signed_up(server, "eve")
        await break_the_usernames(database_url)
        [error] = (await eve.post("{ me { id username } }")).json()["errors"]

    assert error["message"] == "Something went wrong on our side."
    assert error["extensions"]["errorId"] in server.log.read_text()
