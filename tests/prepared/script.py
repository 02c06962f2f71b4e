"""Every resolver of xogql's schema that needs a server, scripted from a seed; the rest are real."""

import random
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from graphql import (
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
)
from strawberry.types.field import StrawberryField

from tests.prepared.documents import TEXTS
from xogql import game
from xogql.api.game_type import Game, GameEdge, Opening, RematchAgreed, game_of
from xogql.api.operation_errors import OperationError
from xogql.api.schema import EXECUTABLE
from xogql.game import GameId, PlayerId
from xogql.store.states import Folded

NOW = datetime(2026, 11, 22, 18, 0, 0, 123456, tzinfo=UTC)
ANN, BOB = (PlayerId(f"player-{UUID(int=number)}") for number in (1, 2))
GAME = GameId(f"game-{UUID(int=3)}")
DEEPEST = 3
OPENING = game.Opening(GAME, 4, (game.Cell(1, 1), game.Cell(0, 0)))
PRIVATE: dict[type, dict[str, Any]] = {
    GameEdge: {"game_id": GAME},
    RematchAgreed: {"rematch_id": GAME},
    Opening: {"opening": OPENING},
}
ROOTS = {"Query", "Mutation", "Subscription"}
SCALARS: dict[str, list[Any]] = {
    "Int": [0, 7, 2**31 - 1],
    "Boolean": [True, False],
    "DateTime": [NOW],
    "Float": [0.25, -1.0, 1],
}


@dataclass
class Script:
    """One execution's context. *poison*: the share of wrong values and of errors.

    *asked*: how often each root was asked, and with what.
    """

    seed: int
    poison: float
    asked: Counter[str] = field(default_factory=Counter)

    def value(self, named: GraphQLField, asked: str, *, root: bool) -> Any:
        if root:
            self.asked[asked] += 1
        rng = random.Random(f"{self.seed} {asked}")
        if rng.random() < self.poison:
            raise rng.choice([OperationError("FORBIDDEN", "No."), RuntimeError("a bug")])
        return Actor(rng, self.poison).made(named.type)


@dataclass
class Actor:
    """Makes values of the schema's types."""

    rng: random.Random
    poison: float
    depth: int = 0

    def made(self, kind: GraphQLOutputType) -> Any:
        if self.rng.random() < self.poison:
            return self.rng.choice([None, True, 2**40, "no", 1.5, [None], {}, object, game.Mark.X])
        if isinstance(kind, GraphQLNonNull):
            return self.strict(kind.of_type)
        return None if self.rng.random() < 0.15 else self.strict(kind)

    def strict(self, kind: GraphQLOutputType) -> Any:
        if isinstance(kind, GraphQLList):
            return [self.made(kind.of_type) for _ in range(self.rng.randint(0, 2))]
        if isinstance(kind, GraphQLEnumType):
            name = self.rng.choice(list(kind.values))
            return kind.coerce_input_value(name)
        if isinstance(kind, GraphQLAbstractType):
            return self.thing(self.rng.choice(list(EXECUTABLE.get_possible_types(kind))))
        if isinstance(kind, GraphQLObjectType):
            return self.thing(kind)
        return self.rng.choice(SCALARS.get(get_named_type(kind).name, TEXTS))

    def thing(self, kind: GraphQLObjectType) -> Any:
        self.depth += 1
        try:
            return self.object(kind)
        finally:
            self.depth -= 1

    def object(self, kind: GraphQLObjectType) -> Any:
        origin = kind.extensions["strawberry-definition"].origin
        if origin is Game:
            return game_of(GAME, self.folded())
        made: dict[str, Any] = dict(PRIVATE.get(origin, {}))
        for each in kind.fields.values():
            definition = each.extensions["strawberry-definition"]
            if definition.base_resolver is None:
                empty = self.depth > DEEPEST and isinstance(each.type, GraphQLNonNull)
                many = empty and isinstance(each.type.of_type, GraphQLList)
                made[definition.python_name] = [] if many else self.made(each.type)
        return origin(**made)

    def folded(self) -> Folded[game.State]:
        """Play a game, as far as chance takes it."""
        events: list[game.Event] = [
            game.GameCreated(ANN, self.rng.choice(list(game.PRESETS.values())), game.Mark.X),
            game.PlayerJoined(BOB),
        ]
        if self.rng.random() < 0.3:
            events.insert(1, game.PositionSetUp(OPENING))
        cells = [game.Cell(row, column) for row in range(3) for column in range(3)]
        cells = [each for each in cells if each not in OPENING.cells]
        marks = [game.Mark.X, game.Mark.O] * 5
        moves = zip(marks, self.rng.sample(cells, self.rng.randint(0, 4)), strict=False)
        events += [game.MoveMade(mark, cell) for mark, cell in moves]
        if self.rng.random() < 0.3:
            events.append(game.OfferMade(game.OfferKind.DRAW, game.Mark.X))
        if self.rng.random() < 0.3:
            events.append(game.GameEnded(game.Ending.RESIGNATION, game.Mark.O, ()))
            events.append(game.OfferMade(game.OfferKind.REMATCH, game.Mark.O))
        played = events[: self.rng.randint(1, len(events))]
        state: game.State = game.initial_state()
        for each in played:
            state = game.evolve(state, each)
        return Folded(state, len(played), NOW, NOW)


def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the script in the place of every resolver that asks for the server's parts."""
    for kind in EXECUTABLE.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for each in kind.fields.values():
                definition = each.extensions["strawberry-definition"]
                resolver = definition.base_resolver
                if resolver is not None and resolver.info_parameter is not None:
                    stand_in = _stand_in(definition, each, root=kind.name in ROOTS)
                    monkeypatch.setattr(resolver, "wrapped_func", stand_in)
                elif resolver is not None and kind.name in ROOTS:
                    monkeypatch.setattr(resolver, "wrapped_func", _bare(definition, each))


def _bare(definition: StrawberryField, named: GraphQLField) -> Callable[..., Any]:
    """Stand in for a root that asks for nothing but its arguments."""
    name = definition.python_name

    def told(_source: Any, **arguments: Any) -> Any:
        return Script(0, 0.0).value(named, f"{name} {sorted(arguments.items())}", root=True)

    return told


def _stand_in(
    definition: StrawberryField, named: GraphQLField, *, root: bool
) -> Callable[..., Any]:
    name = definition.python_name

    def immediate(_source: Any, info: Any, **arguments: Any) -> Any:
        return info.context.value(named, f"{name} {sorted(arguments.items())}", root=root)

    async def waited(_source: Any, info: Any, **arguments: Any) -> Any:
        return info.context.value(named, f"{name} {sorted(arguments.items())}", root=root)

    async def events(_source: Any, info: Any, **arguments: Any) -> AsyncGenerator[Any]:
        for number in range(2):
            yield info.context.value(
                named, f"{name} {number} {sorted(arguments.items())}", root=root
            )

    if definition.is_subscription:
        return events
    return waited if definition.base_resolver and definition.base_resolver.is_async else immediate


def custom(rng: random.Random, name: str) -> str:
    """Give a text that a custom scalar takes."""
    return {"UUID": str(UUID(int=rng.getrandbits(64))), "DateTime": NOW.isoformat()}[name]
