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


# graphql-core leaves coroutines of a list behind, of which a later item raises at once.
@pytest.mark.filterwarnings("ignore:.*never awaited:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:.*GraphQLCoreConverter:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("seed", range(3))
async def test_the_same_answer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    script.scripted(monkeypatch)
    made = islice(operations(EXECUTABLE, seed, script.custom), EACH)
    compiler = Compiler(EXECUTABLE, StrawberryBindings(SCHEMA))

    doubts = await compare(EXECUTABLE, compiler, made, script.Script, seed)

    assert doubts.pop("right") == 0
    assert min(doubts.values()) > EACH / 20
