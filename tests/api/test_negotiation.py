"""Which form of an answer a client gets."""

import pytest

from tests.e2e.servers import Server
from xogql.api.negotiation import Media, media_for

URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, "
    "text/event-stream, multipart/mixed"
)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, Media.LEGACY),
        ("*/*", Media.LEGACY),
        ("application/*", Media.LEGACY),
        ("application/json, */*", Media.LEGACY),
        ("application/json", Media.LEGACY),
        ("application/graphql-response+json", Media.MODERN),
        ("application/graphql-response+json,application/json;q=0.9", Media.MODERN),
        ("application/graphql-response+json;q=0.1,application/json", Media.LEGACY),
        (URQL, Media.MODERN),
        ("text/event-stream, multipart/mixed", Media.EVENTS),
        ("text/event-stream", Media.EVENTS),
        ("text/event-stream;q=0.5, application/json", Media.LEGACY),
        ("image/png", None),
        ("application/json;q=0", None),
        ("nonsense", Media.LEGACY),
    ],
)
def test_the_form_is_what_the_client_ranks_highest(accept: str | None, expected: Media) -> None:
    assert media_for(accept) is expected


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_the_answer_says_its_form(server: Server, accept: str) -> None:
    answer = await server.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"accept": accept}
    )

    assert answer.headers["content-type"].partition(";")[0] == accept
    assert answer.headers["vary"].startswith("Accept, Authorization")


async def test_who_takes_no_form_of_ours_gets_406(server: Server) -> None:
    answer = await server.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"accept": "image/png"}
    )

    assert answer.status_code == 406
