"""Animals and their keepers, made up from a seed, and what may be wrong in them."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, IntEnum, StrEnum
from typing import Any

from tests.prepared.documents import TEXTS


class Colour(Enum):
    RED = "r"
    GREEN = "g"


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Rank(IntEnum):
    FIRST = 1
    SECOND = 2


class Thing:
    """An object of the schema; its attributes are made up when it is."""

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)

    def __repr__(self) -> str:
        return f"a {type(self).__name__}"


class Cat(Thing):
    pass


class Dog(Thing):
    pass


class Keeper(Thing):
    pass


CLASSES: dict[str, type[Thing]] = {"Cat": Cat, "Dog": Dog, "Keeper": Keeper}
ENUMS: dict[str, type[Enum]] = {"Colour": Colour, "Size": Size, "Rank": Rank}


class Later:
    """Something to wait for."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __await__(self) -> Generator[Any, None, Any]:
        yield from asyncio.sleep(0).__await__()
        return self.value

    def __repr__(self) -> str:
        return "later"


class RefusalError(Exception):
    """What resolvers raise."""


@dataclass
class World:
    """One execution's context. *poison*: the share of values that are wrong.

    *asked*: how often each root was asked, and with what.
    """

    seed: int
    poison: float = 0.0
    asked: Counter[str] = field(default_factory=Counter)

    def answer(self, kind: str, name: str, arguments: object) -> Any:
        self.asked[f"{name} {arguments!r}"] += 1
        rng = random.Random(f"{self.seed} {name} {arguments!r}")
        if rng.random() < self.poison:
            raise RefusalError(name)
        return Maker(rng, self.poison).made(kind)


@dataclass
class Maker:
    """Makes objects."""

    rng: random.Random
    poison: float
    depth: int = 0

    def made(self, kind: str) -> Any:
        if self.rng.random() < self.poison:
            return self.rng.choice(POISONS)()
        if kind.endswith("!"):
            return self.strict(kind[:-1])
        return None if self.rng.random() < 0.15 else self.strict(kind)

    def strict(self, kind: str) -> Any:
        if kind.startswith("["):
            items = [self.made(kind[1:-1]) for _ in range(self.rng.randint(0, 3))]
            return tuple(items) if self.rng.random() < 0.2 else items
        if kind in ENUMS:
            return self.rng.choice(list(ENUMS[kind]))
        if kind in SCALARS:
            return self.rng.choice(SCALARS[kind])
        return self.thing(self.rng.choice(MEMBERS.get(kind, [kind])))

    def thing(self, name: str) -> Thing:
        fields = FIELDS[name]
        with self.deeper():
            made = {each: self.made(kind) for each, kind in fields.items() if not self.ends(kind)}
            ended = [each for each, kind in fields.items() if self.ends(kind)]
        keeper = {"keeper": Keeper(**KEEPER)} if "keeper" in ended else {}
        nothing: dict[str, Any] = {each: [] if "[" in fields[each] else None for each in ended}
        if name == "Keeper":
            made["refuses"] = self.rng.random() < self.poison
        return CLASSES[name](**{**made, **nothing, **keeper})

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self.depth += 1
        yield
        self.depth -= 1

    def ends(self, kind: str) -> bool:
        """Tell whether what is made is deep enough."""
        return self.depth > 2 and kind.strip("[]!") in {"Animal", "Pet", "Keeper"}


MEMBERS = {"Animal": ["Cat", "Dog"], "Pet": ["Cat", "Dog", "Keeper"]}
SCALARS: dict[str, list[Any]] = {
    "ID": ["id", "ü", 7],
    "String": TEXTS,
    "Int": [0, 5, -(2**31), 2**31 - 1],
    "Float": [0.0, 1.5, 1e16, 1e-7, 3, -2.5e300],
    "Boolean": [True, False],
    "Moment": [datetime(2026, 11, 22, 18, 0, 0, 5, tzinfo=UTC)],
    "Label": ["l", 5],
    "Json": [{"a": [1, None, "ü"]}, [], 5, "text", 1e22, True],
}
_ANIMAL = {"id": "ID!", "name": "String!", "friend": "Animal", "keeper": "Keeper!"}
FIELDS = {
    "Cat": {**_ANIMAL, "lives": "Int!", "size": "Size", "rank": "Rank!"},
    "Dog": {**_ANIMAL, "weight": "Float!", "colour": "Colour"},
    "Keeper": {
        "id": "ID!",
        "nickname": "String",
        "happy": "Boolean",
        "sure": "Boolean!",
        "rating": "Float",
        "count": "Int",
        "born": "Moment!",
        "extra": "Json",
        "label": "Label",
        "tags": "[[String]!]",
        "colours": "[Colour!]",
        "numbers": "[Int]!",
        "animals": "[Animal!]",
        "pet": "Pet",
        "boss": "Keeper",
        "slow_name": "String!",
        "slow_animals": "[Animal!]!",
    },
}
KEEPER: dict[str, Any] = {
    **dict.fromkeys(FIELDS["Keeper"]),
    "id": "k",
    "sure": True,
    "born": SCALARS["Moment"][0],
    "numbers": [],
    "slow_name": "slow",
    "slow_animals": [],
    "refuses": False,
}
POISONS: list[Callable[[], Any]] = [
    lambda: None,
    lambda: True,
    lambda: 0,
    lambda: 1,
    lambda: 1.0,
    lambda: float("nan"),
    lambda: float("inf"),
    lambda: 2**31,
    lambda: 2**60,
    lambda: 2**70,
    lambda: "small",
    lambda: "r",
    lambda: "5",
    lambda: "\ud800",
    lambda: b"bytes",
    Thing,
    list,
    dict,
    lambda: {"id": "dict", "name": "dict"},
    lambda: [None, "x", 3],
    lambda: {1, 2},
    lambda: iter([1, 2]),
    lambda: RefusalError("returned"),
    lambda: Colour.RED,
    lambda: Size.SMALL,
    lambda: Rank.FIRST,
    lambda: Cat(id="bare"),
    Keeper,
    lambda: type("Siamese", (Cat,), {})(**_CAT),
    lambda: type("Text", (str,), {})("a kind of text"),
    lambda: type("Number", (int,), {})(3),
    lambda: datetime(2026, 1, 1, tzinfo=UTC),
    lambda: Later(5),
    lambda: Later("later"),
]
_CAT: dict[str, Any] = {**dict.fromkeys(_ANIMAL), "lives": 9, "size": None, "rank": Rank.FIRST}
