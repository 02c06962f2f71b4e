"""Whatever befalls the bell: each event past the cursor, in order, once, in time."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.simulation.__main__ import main
from tests.simulation.defects import has_no_backstop
from tests.simulation.sweep import figures, runs
from tests.simulation.world import simulate

SEEDS = 400
PARTS = 4

_PROGRAM = """
from tests.simulation.world import simulate
print([simulate(seed).digest for seed in range(20)])
"""


@pytest.mark.parametrize("part", range(PARTS))
def test_followers_miss_nothing_in_any_weather(part: int) -> None:
    """Run one of them again: `python -m tests.simulation --seed 17 --trace`."""
    found = figures(runs(range(part, SEEDS, PARTS)))

    assert {run.plan.seed: run.broken for each in found.values() for run in each.broken} == {}


def test_every_fault_comes_and_is_outlived() -> None:
    counts: Counter[str] = Counter()
    for run in runs(range(1000, 1080)):
        counts += run.counts

    assert counts["delivered"] > counts["committed"]
    assert {
        kind: counts[kind]
        for kind in ("hint lost", "forged", "cut", "silenced", "crash", "stop", "outage", "grown")
        if counts[kind] < 5
    } == {}


def test_a_seed_is_the_same_run_everywhere() -> None:
    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]

    assert elsewhere == [f"{[simulate(seed).digest for seed in range(20)]}\n"] * 2


def test_the_tool_tells_the_seed_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    has_no_backstop(monkeypatch)

    told = CliRunner().invoke(main, ["--seeds", "100", "--workers", "1"])

    assert told.exit_code == 1
    failed = told.output.split("--seed ")[1].split()[0]
    traced = CliRunner().invoke(main, ["--seed", failed, "--trace"])
    assert traced.exit_code == 1
    assert " committed game-0 1\n" in traced.output
    assert next(line for line in told.output.splitlines() if f"Seed {failed} " in line) in (
        traced.output.splitlines()
    )
