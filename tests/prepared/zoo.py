"""A schema with a bit of everything, on graphql-core alone."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
)

from tests.prepared.animals import CLASSES, ENUMS, MEMBERS, Maker, RefusalError, World
from xogql.prepared import Attribute, Call, InputClass, Way

SDL = """
scalar Moment
scalar Json
scalar Label
enum Colour { RED GREEN }
enum Size { SMALL LARGE }
enum Rank { FIRST SECOND }
interface Animal { id: ID! name: String! friend: Animal keeper: Keeper! }
type Cat implements Animal {
  id: ID! name: String! friend: Animal keeper: Keeper! lives: Int! size: Size rank: Rank!
}
type Dog implements Animal {
  id: ID! name: String! friend: Animal keeper: Keeper! weight: Float! colour: Colour
}
type Keeper {
  id: ID!
  nickname: String
  happy: Boolean
  sure: Boolean!
  rating: Float
  count: Int
  born: Moment!
  extra: Json
  label: Label
  tags: [[String]!]
  colours: [Colour!]
  numbers: [Int]!
  animals: [Animal!]
  pet: Pet
  boss: Keeper
  greeting(word: String! = "hi", times: Int = 2): String!
  partner(range: Range): Keeper
  slowName: String!
  slowPartner(word: String): Keeper
  slowAnimals: [Animal!]!
}
union Pet = Cat | Dog | Keeper
input Inner { when: Moment flag: Boolean = true id: ID ratio: Float again: [Colour!] = [RED] }
input Range {
  low: Int = 0
  high: Int!
  colour: Colour = RED
  labels: [String!] = ["a", "b"]
  inner: Inner
  inners: [Inner]
}
type Query {
  keeper(id: ID): Keeper
  keepers(range: Range, first: Int! = 2): [Keeper!]!
  pet: Pet
  pets(colours: [Colour!]): [Pet]
  animal: Animal!
  echo(
    text: String range: Range floats: [Float!] ranges: [[Range]!] colour: Colour = GREEN
    label: Label
  ): String
  now: Keeper
  number: Int!
}
type Mutation {
  feed(range: Range!): Pet!
  rename(id: ID!, name: String = "x"): Keeper
  weigh: Float
}
type Subscription { changes(range: Range): Animal pets(first: Int = 1): [Pet!]! }
"""


def greeting(keeper: Any, word: str, times: int | None = None) -> str:
    if keeper.refuses:
        raise RefusalError(word)
    return f"{word} {times} {keeper.id}"


def partner(keeper: Any, context: World, **arguments: Any) -> Any:
    name = f"{keeper.id} {sorted(arguments.items())!r}"
    return Maker(random.Random(name), context.poison, depth=2).made("Keeper")


async def slow_name(keeper: Any) -> Any:
    if keeper.refuses:
        await asyncio.sleep(0)
        raise RefusalError(keeper.id)
    return keeper.slow_name


async def slow_partner(keeper: Any, context: World, word: str | None = "none") -> Any:
    await asyncio.sleep(0)
    name = f"{keeper.id} {word}"
    return Maker(random.Random(name), context.poison, depth=2).made("Keeper")


async def slow_animals(keeper: Any) -> Any:
    return keeper.slow_animals


BARE: dict[tuple[str, str], Call] = {
    ("Keeper", "greeting"): Call(greeting, arguments={"word": "word", "times": "times"}),
    ("Keeper", "partner"): Call(partner, contextual=True, arguments={"range": "range"}),
    ("Keeper", "slowName"): Call(slow_name, is_async=True),
    ("Keeper", "slowPartner"): Call(
        slow_partner, contextual=True, is_async=True, arguments={"word": "word"}
    ),
    ("Keeper", "slowAnimals"): Call(slow_animals, is_async=True),
}
IMMEDIATE = {"now", "number", "weigh"}
"""Fields at the root that are resolved without waiting."""


def _root(kind: str, name: str, type_: str) -> Call:
    def immediate(_root: None, context: World, **arguments: Any) -> Any:
        return context.answer(type_, f"{kind}.{name}", sorted(arguments.items()))

    async def waited(_root: None, context: World, **arguments: Any) -> Any:
        return context.answer(type_, f"{kind}.{name}", sorted(arguments.items()))

    async def echo(_root: None, context: World, **arguments: Any) -> str:
        context.asked[f"echo {arguments}"] += 1
        return repr(sorted(arguments.items()))

    async def events(_root: None, context: World, **arguments: Any) -> AsyncGenerator[Any]:
        for number in range(3):
            yield context.answer(type_, f"{kind}.{name}", (number, sorted(arguments.items())))

    names = {each: each for each in SCHEMA.type_map[kind].fields[name].args}
    if kind == "Subscription":
        return Call(events, contextual=True, arguments=names)
    function = echo if name == "echo" else immediate if name in IMMEDIATE else waited
    return Call(function, contextual=True, is_async=function is not immediate, arguments=names)


def _resolver(call: Call) -> Callable[..., Any]:
    if call.contextual:
        return lambda source, info, **given: call.function(source, info.context, **given)
    return lambda source, _info, **given: call.function(source, **given)


def _kind(value: object) -> str:
    return type(value).__name__


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise TypeError(value)
    return datetime.fromisoformat(value)


def _make_schema() -> Any:
    schema = build_schema(SDL)
    for name, members in ENUMS.items():
        kind = schema.type_map[name]
        assert isinstance(kind, GraphQLEnumType)
        for each, value in kind.values.items():
            value.value = members[each]
    for made in (
        GraphQLScalarType("Moment", serialize=lambda each: each.isoformat(), parse_value=_moment),
        GraphQLScalarType("Label", serialize=_kind, parse_value=lambda each: each),
    ):
        for method in ("coerce_output_value", "coerce_input_value", "parse_literal"):
            setattr(schema.type_map[made.name], method, getattr(made, method))
    return schema


SCHEMA = _make_schema()


class ZooBindings:
    """See Bindings."""

    def object_class(self, kind: GraphQLObjectType) -> type | None:
        return CLASSES.get(kind.name)

    def told_by_class(self, kind: GraphQLAbstractType) -> bool:
        return kind.name in MEMBERS

    def way_to(self, parent: GraphQLObjectType, name: str) -> Way | None:
        return BARE.get((parent.name, name)) or Attribute(name)

    def input_class(self, kind: GraphQLInputObjectType) -> InputClass | None:
        return InputClass(dict, {name: each.out_name or name for name, each in kind.fields.items()})


def _bind() -> None:
    for kind in ("Query", "Mutation", "Subscription"):
        for name, each in SCHEMA.type_map[kind].fields.items():
            call = BARE[kind, name] = _root(kind, name, str(each.type))
            if kind == "Subscription":
                each.subscribe = _resolver(call)
                each.resolve = lambda event, _info, **_given: event
            else:
                each.resolve = _resolver(call)
    for (kind, name), call in BARE.items():
        if kind == "Keeper":
            SCHEMA.type_map[kind].fields[name].resolve = _resolver(call)
    for name in ("Cat", "Dog", "Keeper"):
        SCHEMA.type_map[name].is_type_of = _is_of(CLASSES[name])


def _is_of(expected: type) -> Callable[..., bool]:
    return lambda value, _info: isinstance(value, expected)


_bind()


def custom(rng: random.Random, name: str) -> str:
    """Give a text that a custom scalar takes; few, that many operations are the same."""
    return rng.choice(["2026-11-22T18:00:00+00:00", "2026-01-01T00:00:00"]) if name else ""
