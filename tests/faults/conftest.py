"""A stage for all the faults of one test process."""

import os
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.faults.stage import Stage, stage_in

BINDIR = os.environ.get("XOGQL_POSTGRES_BINDIR")


@pytest.fixture(scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Stage]:
    folder = tmp_path_factory.mktemp("faults")
    async with stage_in(folder, Path(BINDIR) if BINDIR else None) as made:
        yield made
