"""Plans answer as graphql-core does, byte for byte, on a schema with a bit of everything."""

from itertools import islice

import pytest

from tests.prepared import animals, zoo
from tests.prepared.comparison import compare
from tests.prepared.documents import operations
from xogql.prepared import Compiler

EACH = 100


@pytest.mark.parametrize("seed", range(4))
async def test_the_same_answer(seed: int) -> None:
    made = islice(operations(zoo.SCHEMA, seed, zoo.custom), EACH)
    compiler = Compiler(zoo.SCHEMA, zoo.ZooBindings())

    doubts = await compare(zoo.SCHEMA, compiler, made, animals.World, seed)

    assert doubts.pop("right") == 0
    assert min(doubts.values()) > EACH / 20
