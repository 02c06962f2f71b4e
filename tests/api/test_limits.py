"""How much a document may ask for."""

from collections.abc import Callable
from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_introspection_query, parse

from tests.e2e.clients import Player
from tests.e2e.sockets import RefusedError
from xogql.api.limits import LIST, DocumentLimits, Measure, Size
from xogql.api.schema import EXECUTABLE


def size(document: str, **variables: Any) -> Size:
    parsed = parse(document)
    [operation] = [each for each in parsed.definitions if isinstance(each, OperationDefinitionNode)]
    return Measure(EXECUTABLE, parsed, variables).of(operation)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ me { id } }", Size(2, 0, 2)),
        ("{ a: me { id } b: me { id } }", Size(2, 2, 4)),
        ("{ games(first: 3) { edges { cursor } } }", Size(3, 0, 1 + 3 * 2)),
        ("{ games { edges { cursor } } }", Size(3, 0, 1 + 20 * 2)),
        ("{ game(id: 1) { moves { row } } }", Size(3, 0, 2 + LIST)),
        ("{ me { ...F } } fragment F on Player { id username }", Size(2, 0, 3)),
        ("{ node(id: 1) { ... on Game { rules { rows } } } }", Size(3, 0, 3)),
        (get_introspection_query(), Size(1, 0, 1)),
    ],
)
def test_an_operation_is_measured(document: str, expected: Size) -> None:
    assert size(document) == expected


def test_variables_say_how_long_a_list_is() -> None:
    document = "query ($n: Int!) { games(first: $n) { edges { cursor } } }"

    assert size(document, n=7) == Size(3, 0, 1 + 7 * 2)


def test_fragments_that_stand_for_millions_are_measured_at_once() -> None:
    doubling = " ".join(f"fragment F{n} on Player {{ ...F{n + 1} ...F{n + 1} }}" for n in range(64))

    assert size("{ me { ...F0 } } " + doubling + " fragment F64 on Player { id }").cost > 2**64


DEEP = "{ me " + "{ games { edges { node { creator " * 4 + "{ id }" + " } } } }" * 4 + "}"
ALIASED = "{" + " ".join(f"a{n}: me {{ id }}" for n in range(31)) + "}"
LONG = "{ me { " + "id " * 2000 + "} }"
COMMENTED = "#\n" * 2000 + "{ me { id } }"
COSTLY = "{ games(first: 100) { edges { node { events { edges { cursor } } } } } }"


@pytest.mark.parametrize(
    ("document", "measure", "limit"),
    [
        (DEEP, "depth", DocumentLimits().depth),
        (ALIASED, "aliases", DocumentLimits().aliases),
        (COSTLY, "cost", DocumentLimits().cost),
        (LONG, "tokens", DocumentLimits().tokens),
        (COMMENTED, "tokens", DocumentLimits().tokens),
    ],
)
async def test_what_is_too_much_is_refused(
    ann: Player, document: str, measure: str, limit: int
) -> None:
    with pytest.raises(RefusedError) as refused:
        await ann.ask(document)

    [error] = refused.value.errors
    told: Callable[[str], object] = error["extensions"].get
    assert (told("code"), told("measure"), told("limit")) == (
        "OPERATION_TOO_LARGE",
        measure,
        limit,
    )


async def test_a_cost_that_comes_with_the_variables_is_refused(ann: Player) -> None:
    document = """query ($n: Int!) {
      games(first: $n) { edges { node { events { edges { cursor } } } } } }"""
    await ann.ask(document, n=1)

    with pytest.raises(RefusedError):
        await ann.ask(document, n=100)
