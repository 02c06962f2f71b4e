"""GraphQL documents: such as the schema allows, such as it almost allows, and texts at random."""

import json
import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from itertools import cycle
from pathlib import Path

from graphql import GraphQLObjectType, GraphQLSchema, build_schema
from hypothesis import strategies as st
from hypothesis_graphql import Mode, mutations, nodes, queries
from hypothesis_graphql.types import CustomScalarStrategies

from tests.fuzz.values import JSON, TEXTS

SCHEMA = build_schema((Path(__file__).parents[2] / "schema.graphql").read_text())

_SCALARS: CustomScalarStrategies = {
    "UUID": st.one_of(st.uuids().map(str), TEXTS).map(nodes.String),
    "DateTime": st.datetimes().map(lambda moment: nodes.String(moment.isoformat())),
}
_ID = re.compile(r'\b((?:gameId|id): )("(?:[^"\\]|\\.)*"|-?\d+)')
_DIRECTIVES = ("@skip(if: true)", "@include(if: $a)", "@defer", "@stream", "@nothing", "@")


@cache
def documents(ids: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Documents in which most ids are among *ids*."""
    made = st.builds(_about, _made(), st.lists(st.sampled_from([*ids, ""]), min_size=3, max_size=3))
    return st.one_of(made, made, _spoilt(made), _LARGE, TEXTS)


@cache
def requests(ids: tuple[str, ...]) -> st.SearchStrategy[dict[str, object]]:
    """GraphQL's request parameters, most of them of the right types."""
    asked = st.fixed_dictionaries(
        {"query": documents(ids) | JSON},
        optional={
            "variables": st.dictionaries(st.sampled_from(["a", "id", "input"]), JSON) | JSON,
            "operationName": TEXTS | JSON,
            "extensions": st.dictionaries(TEXTS, JSON) | JSON,
            "documentId": TEXTS | JSON,
        },
    )
    return st.one_of(asked, asked, asked, st.builds(_persisted, documents(ids), _HASHES | JSON))


def _persisted(text: str, digest: object) -> dict[str, object]:
    """Register a document, or look one up: *digest* is none, or another than its own."""
    own = sha256(text.encode(errors="surrogatepass")).hexdigest()
    return {
        "query": text,
        "extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest or own}},
    }


_HASHES = st.just("") | st.text("0123456789abcdefABCDEF", max_size=64) | TEXTS


def _made() -> st.SearchStrategy[str]:
    """Documents of the schema, half of them with an error; logouts would end the attack."""
    wishes = SCHEMA.mutation_type
    assert wishes is not None
    kept = [name for name in wishes.fields if not name.startswith("logout")]
    strategies = [
        made.map(str)
        for mode in Mode
        for made in (
            queries(SCHEMA, custom_scalars=_SCALARS, mode=mode),
            mutations(SCHEMA, fields=kept, custom_scalars=_SCALARS, mode=mode),
            queries(_subscriptions(), custom_scalars=_SCALARS, mode=mode).map(_as_subscription),
        )
    ]
    return st.one_of(strategies)


def _as_subscription(text: object) -> str:
    return f"subscription {str(text).removeprefix('query').lstrip()}"


def _subscriptions() -> GraphQLSchema:
    """The schema with its subscriptions in the place of queries, as those alone are generated."""
    root = SCHEMA.subscription_type
    assert isinstance(root, GraphQLObjectType)
    return GraphQLSchema(query=root, types=SCHEMA.type_map.values())


def _about(text: str, ids: Sequence[str]) -> str:
    """Let a document speak of what exists, or leave an id as it is where *ids* has none."""
    chosen = cycle(ids)

    def replaced(found: re.Match[str]) -> str:
        known = next(chosen)
        return found[1] + (json.dumps(known) if known else found[2])

    return _ID.sub(replaced, text)


def _spoilt(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Put in what does not belong there, or leave a part out."""
    inserted = st.sampled_from(["{", "}", "(", ")", "...", "$", "!", '"', '"""', "\ufeff", "#"])
    spoiling = TEXTS | inserted | st.sampled_from(_DIRECTIVES)
    return st.builds(
        lambda text, start, length, more: text[:start] + more + text[start + length :],
        texts,
        st.integers(0, 200),
        st.integers(0, 5),
        spoiling,
    )


_LARGE = st.one_of(
    st.integers(1, 3000).map(lambda n: "{" * n),
    st.integers(1, 300).map(lambda n: "{ node(id: 1) " * n + "{ id }" + " }" * n),
    st.integers(1, 600).map(
        lambda n: "{ " + " ".join(f"a{i}: me {{ id }}" for i in range(n)) + "}"
    ),
    st.integers(1, 2000).map(
        lambda n: "query ($a: " + "[" * n + "Int" + "]" * n + ") { me { id } }"
    ),
    st.integers(1, 2000).map(lambda n: "{ game(id: " + "[" * n + "]" * n + ") { id } }"),
    st.just("query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
    st.just("query A { me { id } } query B { me { id } }"),
    st.just("{ __schema { types { fields { type { ofType { ofType { name } } } } } } }"),
    st.integers().map(lambda n: f"{{ games(first: {n}) {{ edges {{ cursor }} }} }}"),
    st.floats().map(lambda n: f"{{ games(first: {n}) {{ edges {{ cursor }} }} }}"),
)
