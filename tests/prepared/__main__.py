"""Compare plans with graphql-core for as long as one likes: `python -m tests.prepared 100 7`.

That is 100 rounds of 100 operations on each schema, from seed 7 on.
"""

import asyncio
import sys
from itertools import islice

import pytest

from tests.prepared import animals, script, zoo
from tests.prepared.comparison import compare
from tests.prepared.documents import operations
from xogql.api.schema import EXECUTABLE, SCHEMA
from xogql.api.strawberry_bindings import StrawberryBindings
from xogql.prepared import Compiler

EACH = 100


async def _main(rounds: int, first: int) -> None:
    own = Compiler(EXECUTABLE, StrawberryBindings(SCHEMA))
    other = Compiler(zoo.SCHEMA, zoo.ZooBindings())
    with pytest.MonkeyPatch.context() as patch:
        script.scripted(patch)
        for seed in range(first, first + rounds):
            made = islice(operations(zoo.SCHEMA, seed, zoo.custom), EACH)
            doubts = await compare(zoo.SCHEMA, other, made, animals.World, seed)
            made = islice(operations(EXECUTABLE, seed, script.custom), EACH)
            own_doubts = await compare(EXECUTABLE, own, made, script.Script, seed)
            print(f"seed {seed}: the same; doubted {doubts} {own_doubts}")  # noqa: T201


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    asyncio.run(_main(*(given or [10]), *([0] if len(given) < 2 else [])))
