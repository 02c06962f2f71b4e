"""Every kind of leaf with every kind of wrong value, and every kind of input."""

from enum import Enum
from itertools import product
from typing import Any

import pytest
from graphql import GraphQLEnumType, parse, validate

from tests.prepared import animals, zoo
from tests.prepared.documents import WRONG
from tests.prepared.verdicts import expected, planned
from xogql.prepared import Compiler
from xogql.prepared.leaves import EnumTexts

COMPILER = Compiler(zoo.SCHEMA, zoo.ZooBindings())
RIGHT: dict[str, dict[str, Any]] = {
    "Keeper": animals.KEEPER,
    "Cat": {
        "id": "c",
        "name": "c",
        "lives": 9,
        "size": animals.Size.LARGE,
        "rank": animals.Rank.SECOND,
    },
    "Dog": {"id": "d", "name": "d", "weight": 1.5, "colour": animals.Colour.GREEN},
}
LEAVES = [
    (kind, name)
    for kind, fields in animals.FIELDS.items()
    for name, type_ in fields.items()
    if type_.strip("[]!") not in {"Animal", "Keeper", "Pet"} and "_" not in name
]


class OnePet(animals.World):
    """Answers with the same thing whatever is asked."""

    def __init__(self, thing: object) -> None:
        super().__init__(0)
        self.thing = thing

    def answer(self, _kind: str, _name: str, _arguments: object) -> Any:
        return self.thing


@pytest.mark.parametrize(("kind", "name"), LEAVES)
async def test_leaves(kind: str, name: str) -> None:
    document = parse(f"{{ pet {{ ... on {kind} {{ {name} id }} }} }}")
    plan = COMPILER.plan(document)
    for poison in animals.POISONS:
        for wrap in (lambda made: made, lambda made: [made], lambda made: ([made, None], None)):
            things = [
                animals.CLASSES[kind](**{**RIGHT[kind], name: wrap(poison())}) for _ in range(2)
            ]
            told = await expected(zoo.SCHEMA, document, OnePet(things[0]), {})

            assert await planned(plan, OnePet(things[1]), {}) == told, (kind, name, things)


DECLARED = {
    "Int": "first",
    "Int!": "first",
    "Int! = 3": "first",
    "Int = 3": "first",
    "String": "text",
    "[Float!]": "floats",
    "[Float!]!": "floats",
    "[[Range]!]": "ranges",
    "Colour": "colour",
    "Colour = RED": "colour",
    "Range": "range",
    "Label": "label",
    "Label!": "label",
    "Range = {high: 1, inner: {}}": "range",
}
INPUTS: list[Any] = [
    *WRONG,
    2**31,
    -(2**31) - 1,
    1e300,
    float("nan"),
    2**53 + 1,
    "PURPLE",
    "\ud800",
    [1, 2.5],
    [[{"high": 1}], []],
    [{"high": 1}],
    {"high": 1},
    {"high": 1, "more": 1},
    {"high": None},
    {"high": 1, "inner": {"when": "never"}},
    {"high": 1, "inner": {"when": 5, "id": 5}},
    {"high": 1, "inner": {"when": "2026-11-22", "id": 5, "ratio": 1, "again": None}},
    {"high": 1, "inner": {"flag": 1}},
    {"high": 1, "colour": None, "labels": None},
    {"high": 1, "labels": [None]},
    {"high": 1, "labels": "one"},
    {"high": 1, "inners": [None, {}]},
    {"high": 1, "low": 1.0},
]


@pytest.mark.parametrize("declared", DECLARED)
async def test_inputs(declared: str) -> None:
    argument = DECLARED[declared]
    place = "keepers({}: $v) {{ id }}" if argument == "first" else "echo({}: $v)"
    asked = place.format(argument)
    document = parse(f"query ($v: {declared}) {{ {asked} }}")
    if validate(zoo.SCHEMA, document):
        pytest.fail("The document is not valid.")
    plan = COMPILER.plan(document)
    for variables in ({}, *({"v": each} for each in INPUTS)):
        here, there = animals.World(0), animals.World(0)
        told = await expected(zoo.SCHEMA, document, there, variables)

        assert await planned(plan, here, variables) == told, variables
        assert here.asked == there.asked, variables


@pytest.mark.parametrize("nullable", [False, True])
def test_only_members_of_enums_are_remembered(nullable: bool) -> None:  # noqa: FBT001
    kind = zoo.SCHEMA.type_map["Size"]
    assert isinstance(kind, GraphQLEnumType)
    texts = EnumTexts(kind, nullable=nullable)
    before = len(texts)

    for _, value in product(range(2), ["small", "large", animals.Size.SMALL]):
        assert texts[value] in {'"SMALL"', '"LARGE"'}

    assert all(each is None or isinstance(each, Enum) for each in texts)
    assert len(texts) == before + 1
