"""The attacks on a server: each sends so many examples, and fails at the first bad answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.documents import documents
from tests.fuzz.http_client import Sent, answer_to, check_answer
from tests.fuzz.http_requests import http_requests
from tests.fuzz.messages import Conversation, conversations
from tests.fuzz.socket_client import check_conversation
from tests.fuzz.values import written


@dataclass(frozen=True)
class Goal:
    """A server, and what the attacker knows of it."""

    url: str
    ids: tuple[str, ...]
    authorizations: tuple[str, ...]

    @property
    def socket_url(self) -> str:
        return f"ws{self.url.removeprefix('http')}/graphql"


def _often(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        print_blob=True,
    )


def _posted(body: bytes, *more: tuple[bytes, bytes]) -> Sent:
    """Send a body as a client would."""
    headers = (
        (b"host", b"there"),
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    )
    return Sent(b"POST", b"/graphql", (*headers, *more), body, honest=True)


def attack_by_http(goal: Goal, examples: int) -> None:
    """Send requests of any kind."""

    @_often(examples)
    @given(http_requests(goal.ids, goal.authorizations))
    @example(
        _posted(b'{"query": "\\ud800", "extensions": {"persistedQuery": {"sha256Hash": "a"}}}')
    )
    @example(_posted(b"[" * 50_000))
    @example(_posted(b"9" * 50_000))
    def attack(sent: Sent) -> None:
        answer = answer_to(sent, goal.url)
        assert not sent.honest or answer is not None
        if answer is not None:
            check_answer(answer)

    attack()


def attack_by_documents(goal: Goal, examples: int) -> None:
    """Send well-formed requests with GraphQL documents made of the schema."""

    @_often(examples)
    @given(documents(goal.ids), st.sampled_from(goal.authorizations))
    def attack(document: str, authorization: str) -> None:
        sent = _posted(written({"query": document}), (b"authorization", authorization.encode()))
        answer = answer_to(sent, goal.url)
        assert answer is not None
        assert answer.status in {200, 400, 413}
        check_answer(answer)

    attack()


def attack_by_sockets(goal: Goal, examples: int) -> None:
    """Hold conversations of any kind."""

    @_often(examples)
    @given(conversations(goal.ids, goal.authorizations))
    def attack(conversation: Conversation) -> None:
        check_conversation(conversation, goal.socket_url)

    attack()


ATTACKS: Mapping[str, Callable[[Goal, int], None]] = {
    "http": attack_by_http,
    "documents": attack_by_documents,
    "sockets": attack_by_sockets,
}
