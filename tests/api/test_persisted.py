"""Documents that are named instead of sent."""

import json
from collections.abc import AsyncGenerator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import drop_database, new_database
from tests.e2e.clients import Answer, Client
from tests.e2e.servers import Server, running
from xogql.api.manifest import read_manifest

KIND = "{ __typename }"
HASH = sha256(KIND.encode()).hexdigest()
OTHER = "{ kind: __typename }"


def persisted(digest: str) -> Answer:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest}}


async def send(server: Server, **body: object) -> tuple[object, str | None]:
    """Give the data and the first error's code."""
    answer = (await server.http.post("/graphql", json=body)).json()
    first: Answer = answer.get("errors", [{"extensions": {}}])[0]
    return answer.get("data"), first["extensions"].get("code")


async def test_a_client_registers_a_document_by_its_hash(server: Server) -> None:
    document = "{ again: __typename }"
    extensions = persisted(sha256(document.encode()).hexdigest())

    unknown = await send(server, extensions=extensions)
    registered = await send(server, query=document, extensions=extensions)
    known = await send(server, extensions=extensions)

    assert unknown == (None, "PERSISTED_QUERY_NOT_FOUND")
    assert registered == known == ({"again": "Query"}, None)


async def test_a_wrong_hash_registers_nothing(server: Server) -> None:
    digest = sha256(b"something else").hexdigest()

    refused = await send(server, query=KIND, extensions=persisted(digest))

    assert refused == (None, "BAD_REQUEST")
    assert (await send(server, extensions=persisted(digest)))[1] == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_named_document_is_asked_for_by_get(server: Server) -> None:
    await send(server, query=KIND, extensions=persisted(HASH))

    answer = await server.http.get("/graphql", params={"documentId": f"sha256:{HASH}"})

    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_a_name_is_good_on_a_socket(server: Server) -> None:
    await send(server, query=KIND, extensions=persisted(HASH))

    async with Client(server).socket() as socket:
        await socket.send("subscribe", id="1", payload={"documentId": HASH})
        answer = await socket.receive()

    assert answer["payload"] == {"data": {"__typename": "Query"}}


@pytest.fixture(scope="module")
async def strict(
    cluster_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """A server that executes one document and no other."""
    url = await new_database(cluster_url, template_database)
    folder = tmp_path_factory.mktemp("strict")
    manifest = folder / "documents.json"
    manifest.write_text(json.dumps({HASH: KIND}))
    async with running(url, folder, trusted_documents=str(manifest), trusted_only="1") as server:
        yield server
    await drop_database(cluster_url, url)


async def test_trusted_documents_are_executed(strict: Server) -> None:
    assert await send(strict, documentId=f"sha256:{HASH}") == ({"__typename": "Query"}, None)
    assert await send(strict, extensions=persisted(HASH)) == ({"__typename": "Query"}, None)


async def test_others_are_refused(strict: Server) -> None:
    assert await send(strict, query=OTHER) == (None, "DOCUMENT_NOT_TRUSTED")
    assert await send(strict, documentId="sha256:00") == (None, "DOCUMENT_NOT_FOUND")


def test_apollos_manifest_is_read(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    operation = {"id": HASH, "name": "", "type": "query", "body": KIND}
    manifest.write_text(json.dumps({"format": "apollo", "operations": [operation]}))

    assert read_manifest(manifest) == {HASH: KIND}


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', '"x"'])
def test_another_file_is_no_manifest(tmp_path: Path, text: str) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(text)

    with pytest.raises(ValueError, match="manifest"):
        read_manifest(manifest)
