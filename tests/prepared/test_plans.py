"""How many plans are kept and compiled, whatever strangers send."""

import pytest
from graphql import parse

from tests.prepared import zoo
from xogql.prepared import Allowance, Compiler, Plan, Plans

NAMES = "query A { number } query B { number }"


class Clock:
    """Time of which a second passes each time that somebody looks."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def compiler() -> Compiler:
    return Compiler(zoo.SCHEMA, zoo.ZooBindings())


def found(plans: Plans, text: str, name: str | None = None) -> object:
    return plans.find(text, parse(text), name)


def text(number: int) -> str:
    return f"{{ a{number}: number }}"


def test_a_text_is_compiled_once(compiler: Compiler) -> None:
    plans = Plans(compiler, Allowance(sightings=1))

    first = found(plans, text(1))

    assert isinstance(first, Plan)
    assert found(plans, text(1)) is first


def test_a_text_that_comes_once_is_not_compiled(compiler: Compiler) -> None:
    plans = Plans(compiler, Allowance(sightings=3))

    assert [found(plans, text(1)) is not None for _ in range(4)] == [False, False, True, True]


def test_each_operation_of_a_document_has_a_plan(compiler: Compiler) -> None:
    plans = Plans(compiler, Allowance(sightings=1))

    a, b = found(plans, NAMES, "A"), found(plans, NAMES, "B")

    assert isinstance(a, Plan)
    assert isinstance(b, Plan)
    assert a is not b
    assert found(plans, NAMES) is None


def test_those_used_last_are_kept(compiler: Compiler) -> None:
    plans = Plans(compiler, Allowance(kept=3, sightings=1))
    kept = found(plans, text(0))

    for number in range(1, 20):
        found(plans, text(number))
        assert found(plans, text(0)) is kept

    assert len(plans) == 3


def test_no_more_is_compiled_than_is_allowed(compiler: Compiler, clock: Clock) -> None:
    plans = Plans(compiler, Allowance(sightings=1, burst=4.5, share=1e-9), clock=clock)

    at_once = [found(plans, text(number)) is not None for number in range(10)]
    clock.now += 3e9
    later = [found(plans, text(number)) is not None for number in range(10)]

    assert at_once == [True] * 5 + [False] * 5
    assert later == [True] * 8 + [False] * 2


def test_each_combination_of_flags_counts(compiler: Compiler, clock: Clock) -> None:
    plans = Plans(compiler, Allowance(sightings=1, burst=5, share=1e-9), clock=clock)

    flags = "query ($a: Boolean!, $b: Boolean!, $c: Boolean!)"
    assert found(
        plans, f"{flags} {{ number @skip(if: $a) @include(if: $b) now @skip(if: $c) {{ id }} }}"
    )

    assert found(plans, text(1)) is None


def test_what_is_not_known_is_tried_once(compiler: Compiler, clock: Clock) -> None:
    plans = Plans(compiler, Allowance(sightings=1, burst=1.5, share=0), clock=clock)

    for _ in range(5):
        assert found(plans, "{ __schema { __typename } }") is None

    assert found(plans, text(1)) is not None


def test_they_can_be_turned_off(compiler: Compiler) -> None:
    plans = Plans(compiler, Allowance(sightings=1), enabled=False)

    assert found(plans, text(1)) is None
    assert len(plans) == 0
