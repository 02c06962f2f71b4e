"""The short form of the fault suite: a few rounds of each fault, and no promise is broken."""

import pytest

from tests.faults.fault import Fault, run
from tests.faults.matrix import MATRIX
from tests.faults.stage import Stage

SEED = 4
SHOWN = 3
"""How many breaches of one fault are shown."""


@pytest.mark.parametrize("fault", MATRIX, ids=[each.name for each in MATRIX])
async def test_promises_hold(fault: Fault, stage: Stage) -> None:
    outcome = await run(fault, stage, SEED, short=True)
    if outcome.skipped:
        pytest.skip(outcome.skipped)
    assert not outcome.breaches, "\n".join(each.what for each in outcome.breaches[:SHOWN])
    assert outcome.acknowledged > 0
