"""A simulation that finds nothing proves nothing: these bugs it finds."""

import pytest

from tests.simulation.defects import PLANTS, Plant
from tests.simulation.sweep import runs

ENOUGH = 1000
"""Seeds in which each has to be found; most are in twenty."""


@pytest.mark.parametrize("plant", PLANTS, ids=lambda each: each.__name__)
def test_a_planted_bug_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)

    assert any(run.broken for run in runs(range(ENOUGH)))
