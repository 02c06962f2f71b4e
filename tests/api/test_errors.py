"""Errors of a whole operation: every code that a client can get, over HTTP and by socket."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from secrets import token_hex
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import make_url
from websockets import ConnectionClosed

from tests.e2e.clients import PASSWORD, Answer, Client, Match, Player, signed_up
from tests.e2e.documents import WISHES
from tests.e2e.servers import Server, ServerProcess, running
from tests.e2e.sockets import RefusedError

ME = "{ me { id username } }"
MODERN = "application/graphql-response+json"


async def code_by_http(client: Client, document: str, **variables: object) -> str:
    """The one code of all errors."""
    with pytest.raises(RefusedError) as refused:
        await client.ask(document, **variables)
    [code] = set(refused.value.codes)
    return code


async def code_by_socket(client: Client, document: str, **variables: object) -> str:
    with pytest.raises(RefusedError) as refused:
        async with client.socket() as socket:
            await socket.ask(document, **variables)
    [code] = set(refused.value.codes)
    return code


@pytest.mark.parametrize(
    "document",
    [
        "",
        "{",
        "nonsense",
        "{ nothing }",
        "{ me }",
        "{ me { id } } { me { id } }",
        "query A { me { id } } query B { me { id } }",
        "fragment F on Game { id }",
        "query ($id: ID!) { game(id: $id) { id } }",
        'query { games(first: "many") { edges { cursor } } }',
        'mutation { joinGame(input: {gameId: "x", commandId: "no uuid"}) { __typename } }',
        "mutation { makeMove(input: {}) { __typename } }",
        "{" * 5000,
        "query { " + "node(id: 1) { ... on Game { creator { games { edges { node { " * 100,
    ],
    ids=lambda document: document[:20],
)
async def test_a_document_that_is_none_is_told_so(ann: Player, document: str) -> None:
    for ask in (code_by_http, code_by_socket):
        assert await ask(ann, document) == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    "wished",
    [
        None,
        "nonsense",
        {},
        {"gameId": {}},
        {"gameId": "x", "commandId": "no uuid"},
        {"gameId": "x", "commandId": 1},
        {"gameId": "x", "more": 1},
    ],
)
async def test_variables_of_another_kind_are_told_so(ann: Player, wished: object) -> None:
    for ask in (code_by_http, code_by_socket):
        code = await ask(ann, WISHES["joinGame"], input=wished)
        assert code == "GRAPHQL_VALIDATION_FAILED"


async def test_a_document_that_cannot_be_executed_is_a_bad_request_to_modern_clients(
    server: Server,
) -> None:
    for body in ({"query": "{"}, {"query": "query ($id: ID!) { game(id: $id) { id } }"}):
        modern = await server.http.post("/graphql", json=body, headers={"accept": MODERN})
        legacy = await server.http.post("/graphql", json=body)
        assert (modern.status_code, legacy.status_code) == (400, 200)
        assert modern.headers["content-type"].startswith(MODERN)
        assert "data" not in modern.json()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"1", b"{}", b'{"query": 1}', b'{"query": null}',
     b'{"query": "{ me { id } }", "variables": []}', b'{"query": "", "operationName": 1}',
     b'{"query": "", "extensions": "x"}', b"\xff", b"[" * 50_000],
)  # fmt: skip
async def test_a_body_that_is_no_request_is_a_bad_one(server: Server, body: bytes) -> None:
    headers = {"content-type": "application/json"}

    response = await server.http.post("/graphql", content=body, headers=headers)

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_too_long_a_body_and_another_media_type_are_bad_requests(server: Server) -> None:
    long = await server.http.post("/graphql", json={"query": " " * 200_000})
    form = await server.http.post("/graphql", data={"query": ME})

    assert (long.status_code, form.status_code) == (413, 415)
    for response in (long, form):
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE"])
async def test_other_methods_than_get_and_post_are_refused(server: Server, method: str) -> None:
    answer = await server.http.request(method, "/graphql")

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "POST"}


async def test_what_may_not_go_over_http_is_a_bad_request(ann: Player) -> None:
    following = await ann.post("subscription { lobby { snapshot } }")
    query = {"query": "mutation { logout { player { id } } }"}
    headers = {"authorization": ann.authorization or ""}
    by_get = await ann.server.http.get("/graphql", params=query, headers=headers)

    assert (following.status_code, by_get.status_code) == (400, 405)
    assert by_get.headers["allow"] == "POST"
    for response in (following, by_get):
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert await ann.ask("{ me { id } }") == {"me": {"id": ann.id}}


async def test_a_query_may_be_sent_by_get(ann: Player) -> None:
    parameters = {
        "query": "query Q($id: ID!) { node(id: $id) { id } }",
        "variables": json.dumps({"id": ann.id}),
        "operationName": "Q",
    }
    headers = {"authorization": ann.authorization or ""}

    response = await ann.server.http.get("/graphql", params=parameters, headers=headers)

    assert response.json() == {"data": {"node": {"id": ann.id}}}
    assert "no-store" in response.headers["cache-control"]


async def test_one_of_several_operations_is_named(ann: Player) -> None:
    body = {"query": "query A { me { id } } query B { me { username } }", "operationName": "B"}
    headers = {"authorization": ann.authorization or ""}

    response = await ann.server.http.post("/graphql", json=body, headers=headers)

    assert response.json() == {"data": {"me": {"username": ann.username}}}


LARGE = """query ($n: Int! = 100) { games(first: $n) {
  edges { node { events(first: 100) { edges { node { version } } } } } } }"""


@pytest.mark.parametrize("variables", [{}, {"n": 100}, {"n": 100.0}])
async def test_what_asks_for_too_much_is_too_large(
    ann: Player, variables: dict[str, object]
) -> None:
    for ask in (code_by_http, code_by_socket):
        assert await ask(ann, LARGE, **variables) == "OPERATION_TOO_LARGE"
    assert "games" in await ann.ask(LARGE, n=2)


async def test_nobody_is_told_to_sign_in(server: Server) -> None:
    for ask in (code_by_http, code_by_socket):
        assert await ask(Client(server), ME) == "UNAUTHENTICATED"


async def test_who_may_not_is_told_so(match: Match) -> None:
    for ask in (code_by_http, code_by_socket):
        assert await ask(match.x, ME) == "FORBIDDEN"


async def test_a_bad_token_is_told_in_the_header_too(server: Server) -> None:
    response = await Client(server, "Bearer a.b.c").post(ME)

    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert response.json()["errors"][0]["extensions"]["code"] == "TOKEN_INVALID"


async def test_an_argument_out_of_its_range_is_named(ann: Player) -> None:
    for ask in (code_by_http, code_by_socket):
        assert await ask(ann, "{ games(first: 0) { edges { cursor } } }") == "INVALID_INPUT"


async def test_one_failed_field_leaves_the_others(ann: Player, match: Match) -> None:
    document = """query ($id: ID!) {
      me { id } bad: game(id: $id) { at(version: 9) { version } } good: game(id: $id) { version } }
    """

    answer = (await ann.post(document, id=match.id)).json()

    assert answer["data"] == {"me": {"id": ann.id}, "bad": None, "good": {"version": 2}}
    assert [each["path"] for each in answer["errors"]] == [["bad", "at"]]


async def test_mutations_of_one_document_are_carried_out_in_their_order(match: Match) -> None:
    document = f"""mutation {{
      a: makeMove(input: {{gameId: "{match.id}", row: 0, column: 0}}) {{ __typename }}
      b: makeMove(input: {{gameId: "{match.id}", row: 0, column: 0}}) {{
        ... on GameRejection {{ code game {{ version }} }} }}
    }}"""

    answer = await match.x.ask(document)

    assert answer["a"] == {"__typename": "MakeMoveSuccess"}
    assert answer["b"] == {"code": "NOT_YOUR_TURN", "game": {"version": 3}}


async def test_too_many_passwords_at_once_are_too_many(server: Server) -> None:
    answers = await asyncio.gather(*(sign_up(server) for _ in range(150)))

    codes = Counter(code_of(each) for each in answers)
    # On a machine that does other things, too, a password may take longer than an operation may.
    assert {"let in", "OVERLOADED"} <= set(codes) <= {"let in", "OVERLOADED", "TIMEOUT"}
    busy = next(each for each in answers if code_of(each) == "OVERLOADED")
    assert busy["errors"][0]["extensions"]["retryAfter"] >= 1


async def sign_up(server: Server) -> Answer:
    wished = {"username": f"crowd-{token_hex(6)}", "password": PASSWORD}
    response = await Client(server).post(WISHES["signUp"], input=wished)
    answer: Answer = response.json()
    return answer


def code_of(answer: Answer) -> str:
    if "errors" not in answer:
        assert answer["data"]["signUp"]["__typename"] == "Session"
        return "let in"
    code: str = answer["errors"][0]["extensions"]["code"]
    return code


class TestWithoutItsDatabase:
    """A database that lets nobody in, and then does again."""

    async def test_it_is_told_that_the_log_cannot_be_reached(
        self, own: ServerProcess, cluster_url: str, database_url: str
    ) -> None:
        ann = await signed_up(own, "ann")
        seat = await ann.seated(await ann.create())
        await lock_out(cluster_url, database_url)

        responses = [await ann.post(ME), await seat.post(ME), (await unknown(own).post(SIGN_UP))]

        assert {code_of(each.json()) for each in responses} == {"UNAVAILABLE"}
        assert [each.status_code for each in responses] == [503, 503, 200]
        with pytest.raises(ConnectionClosed) as closed:
            async with ann.socket():
                pass
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1013
        assert (await own.http.get("/readyz")).status_code == 503

    async def test_sockets_and_followers_outlive_it(
        self, own: ServerProcess, cluster_url: str, database_url: str
    ) -> None:
        ann = await signed_up(own, "ann")
        seat = await ann.seated(await ann.create())
        async with seat.following(seat.game_id) as news, ann.in_the_lobby() as lobby:
            await anext(news), await anext(lobby)
            await lock_out(cluster_url, database_url)
            assert await code_by_http(ann, ME) == "UNAVAILABLE"
            await let_in(cluster_url, database_url)
            cancelled = await patiently(seat, "cancelGame", gameId=seat.game_id)

            assert (await anext(news))["game"] == cancelled["game"]
            assert (await anext(lobby))["unlisted"][0]["id"] == seat.game_id


SIGN_UP = (
    f'mutation {{ signUp(input: {{username: "bob", password: "{PASSWORD}"}}) {{ __typename }}}}'
)


def unknown(server: Server) -> Client:
    return Client(server)


async def patiently(player: Player, mutation: str, **wished: object) -> Answer:
    """Send a command until the log can be reached again."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await player.wish(mutation, **wished)
            except RefusedError as refused:
                if refused.codes != ["UNAVAILABLE"]:
                    raise


@pytest.fixture
async def own(database_url: str, tmp_path: Path) -> AsyncGenerator[ServerProcess]:
    """A server with a database of its own, as it is in production."""
    async with running(database_url, tmp_path, production="true") as server:
        yield server


async def lock_out(cluster_url: str, database_url: str) -> None:
    """Let nobody connect to a database, and cut who is."""
    await _execute(cluster_url, database_url, "alter database {} allow_connections false")
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}'"
    await _execute(cluster_url, database_url, cut)


async def let_in(cluster_url: str, database_url: str) -> None:
    await _execute(cluster_url, database_url, "alter database {} allow_connections true")


async def _execute(cluster_url: str, database_url: str, statement: str) -> None:
    connection = await asyncpg.connect(cluster_url)
    await connection.execute(statement.format(make_url(database_url).database))
    await connection.close()


async def test_what_we_did_wrong_is_masked_in_production_and_logged(
    own: ServerProcess, database_url: str
) -> None:
    ann = await signed_up(own, "ann")
    await break_the_usernames(database_url)

    [error] = (await ann.post(ME)).json()["errors"]

    assert error["extensions"]["code"] == "INTERNAL"
    assert error["message"] == "Something went wrong on our side."
    [entry] = entries_of(own.log, UUID(error["extensions"]["errorId"]))
    assert "UndefinedTableError" in entry["exception"]


async def test_what_breaks_before_an_operation_is_logged_without_secrets(
    own: ServerProcess, database_url: str
) -> None:
    ann = await signed_up(own, "ann")
    await break_the_log(database_url)

    response = await ann.post(ME)
    for wish in ("login", "signUp"):
        await ann.post(WISHES[wish], input={"username": ann.username, "password": PASSWORD})
    with pytest.raises(ConnectionClosed):
        async with ann.socket():
            pass

    assert (response.status_code, code_of(response.json())) == (500, "INTERNAL")
    assert entries_of(own.log, UUID(response.json()["errors"][0]["extensions"]["errorId"]))
    logged = own.log.read_text()
    assert PASSWORD not in logged
    assert str(ann.authorization).partition(" ")[2] not in logged


async def test_what_we_did_wrong_is_shown_to_developers(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as server:
        ann = await signed_up(server, "ann")
        await break_the_usernames(database_url)

        [error] = (await ann.post(ME)).json()["errors"]

        assert 'relation "player" does not exist' in error["message"]
        assert error["extensions"]["errorId"] in server.log.read_text()


async def break_the_usernames(database_url: str) -> None:
    await _execute(database_url, database_url, "alter table player rename to elsewhere")


async def break_the_log(database_url: str) -> None:
    await _execute(database_url, database_url, "alter table event rename to elsewhere")


def entries_of(log: Path, error_id: UUID) -> list[Mapping[str, str]]:
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return [each for each in lines if each.get("error_id") == str(error_id)]
