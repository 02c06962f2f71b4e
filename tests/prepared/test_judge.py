"""What plans leave to graphql-core, before and while they run; no command is carried out twice."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult, build_schema, parse, validate

from tests.prepared import animals, zoo
from tests.prepared.verdicts import expected, planned, written
from xogql.api.strawberry_bindings import StrawberryBindings
from xogql.prepared import (
    Call,
    Compiler,
    DoubtError,
    Plan,
    Subscription,
    UnknownError,
)

FIVE_FLAGS = """
query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Boolean!) {
  number @skip(if: $a) a: number @skip(if: $b) b: number @skip(if: $c) c: number @skip(if: $d)
  d: number @skip(if: $e)
}
"""
COMPILER = Compiler(zoo.SCHEMA, zoo.ZooBindings())


@pytest.mark.parametrize(
    "text",
    [
        "{ __schema { __typename } }",
        '{ __type(name: "Cat") { name } }',
        "query @own { number }",
        "query ($a: Boolean! @own) { number @skip(if: $a) }",
        "{ number @own }",
        "{ ... @own { number } }",
        FIVE_FLAGS,
        "{ nothing }",
        "{ keeper { ...F } } fragment F on Keeper { boss { ...F } }",
        "subscription { changes { id } a: changes { id } }",
        "query A { number } query A { number }",
    ],
)
def test_what_is_not_known_has_no_plan(text: str) -> None:
    with pytest.raises(UnknownError):
        COMPILER.plan(parse(text))


def test_code_has_a_bound() -> None:
    keys = " ".join(f"a{number}: id" for number in range(2_000))

    with pytest.raises(UnknownError):
        COMPILER.plan(parse(f"{{ keepers {{ {keys} }} }}"))


def test_texts_of_clients_are_no_code() -> None:
    text = "query ($a_: String) { __import__: echo(text: $a_) }"
    plan = COMPILER.plan(parse(text))
    assert isinstance(plan, Plan)

    variant = plan.operation.choose(())

    assert [each.key for each in variant.roots] == ["__import__"]


class Refused(strawberry.BasePermission):
    message = "No."

    def has_permission(self, *_asked: Any, **_arguments: Any) -> bool:
        return False


@strawberry.input(one_of=True)
class Either:
    this: strawberry.Maybe[int]
    that: strawberry.Maybe[int]


@strawberry.input
class Perhaps:
    value: strawberry.Maybe[int]


@strawberry.input
class Chain:
    next: "Chain | None" = None


@strawberry.type
class Query:
    guarded: int = strawberry.field(permission_classes=[Refused])

    @strawberry.field
    def either(self, given: Either) -> str:
        return str(given)

    @strawberry.field
    def perhaps(self, given: Perhaps) -> str:
        return str(given)

    @strawberry.field
    def chain(self, given: Chain) -> str:
        return str(given)

    @strawberry.field
    def parent(self, root: object) -> str:
        return str(root)


@pytest.mark.parametrize(
    "text",
    [
        "{ guarded }",
        "{ either(given: {this: 1}) }",
        "{ perhaps(given: {value: 1}) }",
        "{ chain(given: {next: {}}) }",
        "{ parent }",
    ],
)
def test_strawberrys_peculiarities_have_no_plan(text: str) -> None:
    schema = strawberry.Schema(Query)
    inner = schema._schema
    assert not validate(inner, parse(text))

    with pytest.raises(UnknownError):
        Compiler(inner, StrawberryBindings(schema)).plan(parse(text))


COMMANDS = """
    type Mutation { first: Int second: Int! third: [Int!] }
    type Query { nothing: Int }
"""


class Till:
    """Counts what it is told to do; what is wrong with the answers is said by *answers*."""

    def __init__(self, **answers: Any) -> None:
        self.done: list[str] = []
        self.answers = answers

    def do(self, name: str) -> Any:
        self.done.append(name)
        answer = self.answers.get(name, 1)
        if isinstance(answer, Exception):
            raise answer
        return answer


class TillBindings(zoo.ZooBindings):
    def way_to(self, _parent: Any, name: str) -> Call:
        async def do(_root: None, context: Till) -> Any:
            return context.do(name)

        return Call(do, contextual=True, is_async=True)


@pytest.mark.parametrize(
    "answers",
    [
        {"first": "wrong"},
        {"second": None},
        {"second": ValueError("no")},
        {"first": ValueError("no"), "third": [1, None]},
        {"third": animals.Later([1, 2])},
        {"third": iter([1, 2])},
    ],
    ids=" ".join,
)
async def test_commands_are_carried_out_once_and_in_order(answers: dict[str, Any]) -> None:
    schema, bindings = build_schema(COMMANDS), TillBindings()
    assert schema.mutation_type is not None
    for name, each in schema.mutation_type.fields.items():
        each.resolve = lambda _root, info, name=name: bindings.way_to(None, name).function(
            None, info.context
        )
    document = parse("mutation { first second third again: first }")
    plan = Compiler(schema, bindings).plan(document)
    here, there = Till(**answers), Till(**answers)
    told = await expected(schema, document, there, {})

    if "third" in answers and not isinstance(answers["third"], list):
        answers["third"] = here.answers["third"] = [1, 2]  # what was given can be read once
        told = await expected(schema, document, Till(**answers), {})

    assert await planned(plan, here, {}) == told
    assert here.done == there.done


async def test_a_subscription_ends_its_source() -> None:
    ended = []

    async def numbers(_root: None, context: object) -> AsyncGenerator[int]:
        try:
            for number in range(9):
                yield number
        finally:
            ended.append(context)

    class Bindings(zoo.ZooBindings):
        def way_to(self, _parent: Any, _name: str) -> Call:
            return Call(numbers, contextual=True)

    schema = build_schema("type Query { no: Int } type Subscription { numbers: Int! }")
    plan = Compiler(schema, Bindings()).plan(parse("subscription { n: numbers }"))
    assert isinstance(plan, Subscription)
    answers = await plan.subscribe("context", {})
    assert not isinstance(answers, ExecutionResult)

    first = [await anext(answers), await anext(answers)]
    await answers.aclose()

    assert first == [b'{"data":{"n":0}}', b'{"data":{"n":1}}']
    assert ended == ["context"]


async def test_events_of_a_source_are_written_for_many() -> None:
    document = parse("subscription ($r: Range) { changes(range: $r) { id __typename } }")
    plan = COMPILER.plan(document)
    assert isinstance(plan, Subscription)
    following = plan.follow(animals.World(1), {"r": {"high": 1}})

    events = [each async for each in following.source]

    shared = [written(await following.writer.written(each)) for each in events]
    assert shared == await expected(zoo.SCHEMA, document, animals.World(1), {"r": {"high": 1}})
    with pytest.raises(DoubtError):
        plan.follow(animals.World(1), {"r": {}})
