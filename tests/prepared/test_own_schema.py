"""Plans answer as graphql-core does, byte for byte, on xogql's own schema."""

from itertools import islice

import pytest

from tests.prepared import script
from tests.prepared.comparison import compare
from tests.prepared.documents import operations
from xogql.api.schema import EXECUTABLE, SCHEMA
from xogql.api.strawberry_bindings import StrawberryBindings
from xogql.prepared import Compiler

EACH = 100


# graphql-core drops what it has begun where something beside it is wrong at once.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.parametrize("seed", range(3))
async def test_the_same_answer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    script.scripted(monkeypatch)
    made = islice(operations(EXECUTABLE, seed, script.custom), EACH)
    compiler = Compiler(EXECUTABLE, StrawberryBindings(SCHEMA))

    doubts = await compare(EXECUTABLE, compiler, made, script.Script, seed)

    assert doubts.pop("right") == 0
    assert min(doubts.values()) > EACH / 20
