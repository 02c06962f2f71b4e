"""Many made-up operations, each executed by a plan and by graphql-core: right, wrong, poisoned."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from graphql import GraphQLSchema

from tests.prepared.documents import Generated, spoilt
from tests.prepared.verdicts import expected, planned
from xogql.prepared import Compiler

POISON = 0.03


class Context(Protocol):
    """Counts what roots were asked."""

    asked: Counter[str]


async def compare(
    schema: GraphQLSchema,
    compiler: Compiler,
    operations: Iterable[Generated],
    world: Callable[[int, float], Context],
    seed: int,
) -> dict[str, int]:
    """Tell how many executions of each kind were doubted; all came to the same."""
    doubts, rng = dict.fromkeys(("right", "wrong variables", "poisoned"), 0), random.Random(seed)
    for each in operations:
        plan = compiler.plan(each.document)
        for kind, poison, variables in [
            ("right", 0.0, each.variables),
            ("wrong variables", 0.0, spoilt(rng, each.variables)),
            ("poisoned", POISON, each.variables),
        ]:
            here, there, before = world(seed, poison), world(seed, poison), plan.operation.doubts
            told = await expected(schema, each.document, there, variables)

            assert await planned(plan, here, variables) == told, (each.text, kind, variables)
            assert here.asked == there.asked, (each.text, kind, variables)
            doubts[kind] += plan.operation.doubts > before
    return doubts
