"""What every answer says to browsers."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.e2e.clients import PASSWORD, Player
from tests.e2e.documents import WISHES
from tests.e2e.servers import Server, running
from xogql.api.ide import BUNDLE

JSON = {"content-type": "application/json"}
BODIES = {
    "an answer": b'{"query": "{ __typename }"}',
    "a refusal to nobody": b'{"query": "{ me { id } }"}',
    "a sign-up": b'{"query": "mutation { signUp(input: {username: \\"\\", password: \\"\\"})'
    b' { __typename } }"}',
    "a document that is none": b'{"query": "{"}',
    "no JSON": b"{",
    "too much": b" " * 200_000,
}
REQUESTS = {
    **{
        name: httpx.Request("POST", "/graphql", headers=JSON, content=body)
        for name, body in BODIES.items()
    },
    "an event stream": httpx.Request(
        "POST", "/graphql", content=BODIES["an answer"],
        headers={**JSON, "accept": "text/event-stream"},
    ),
    "a bad token": httpx.Request("POST", "/graphql", headers={"authorization": "Bearer x"}),
    "no JSON by its type": httpx.Request("POST", "/graphql", content=b"x"),
    "no form of ours": httpx.Request("GET", "/graphql?query={me{id}}", headers={"accept": "a/b"}),
    "a mutation by GET": httpx.Request("GET", "/graphql?query=mutation{logout{__typename}}"),
    "the page": httpx.Request("GET", "/graphql", headers={"accept": "text/html"}),
    "no asset": httpx.Request("GET", "/graphql/assets/nothing"),
    "the front": httpx.Request("GET", "/"),
    "nothing": httpx.Request("GET", "/nothing"),
    "another method": httpx.Request("DELETE", "/graphql"),
    "health": httpx.Request("GET", "/healthz"),
    "readiness": httpx.Request("GET", "/readyz"),
    "a preflight": httpx.Request(
        "OPTIONS", "/graphql",
        headers={"origin": "http://there", "access-control-request-method": "POST"},
    ),
}  # fmt: skip


async def answer_to(server: Server, name: str, **headers: str) -> httpx.Response:
    request = REQUESTS[name]
    return await server.http.request(
        request.method,
        str(request.url),
        content=request.content,
        headers={**request.headers, **headers},
    )


@pytest.fixture(scope="module")
async def distant(
    shared_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """A server that believes a proxy elsewhere, and nobody here."""
    folder = tmp_path_factory.mktemp("distant")
    async with running(shared_database_url, folder, trusted_proxies="192.0.2.1") as distant:
        yield distant


@pytest.mark.parametrize("name", REQUESTS)
async def test_every_answer_is_guarded(server: Server, name: str) -> None:
    headers = (await answer_to(server, name)).headers

    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert "no-store" in headers["cache-control"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert not {"server", "set-cookie", "x-powered-by"} & set(headers)


@pytest.mark.parametrize("name", REQUESTS)
async def test_tls_is_demanded_where_there_is_tls(
    server: Server, distant: Server, name: str
) -> None:
    demand = "strict-transport-security"
    behind_tls = await answer_to(server, name, **{"x-forwarded-proto": "https"})
    forged = await answer_to(distant, name, **{"x-forwarded-proto": "https"})
    plain = await answer_to(server, name)

    assert behind_tls.headers[demand] == "max-age=31536000"
    assert demand not in forged.headers
    assert demand not in plain.headers


async def test_an_answer_with_a_token_is_kept_by_nobody(ann: Player) -> None:
    login = await ann.post(WISHES["login"], input={"username": ann.username, "password": PASSWORD})

    assert login.json()["data"]["login"]["accessToken"]
    assert login.headers["cache-control"] == "private, no-store"


async def test_an_asset_may_be_kept(server: Server, asset: str) -> None:
    """Its name has a hash of what it holds, and it is nobody's."""
    headers = (await server.http.get(f"/graphql/assets/{asset}")).headers

    assert "immutable" in headers["cache-control"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.fixture
def asset() -> str:
    """Something that GraphiQL's page loads, if it was bundled."""
    assets = sorted(BUNDLE.glob("assets/*.gz"))
    if not assets:
        pytest.skip("GraphiQL is not built: make web")
    return assets[0].stem


async def test_no_page_elsewhere_may_read_the_answers(server: Server) -> None:
    preflight = await answer_to(server, "a preflight")
    answer = await answer_to(server, "an answer", origin="http://there")

    for response in (preflight, answer):
        assert "access-control-allow-origin" not in response.headers
