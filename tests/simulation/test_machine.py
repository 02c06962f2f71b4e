"""Exactly once and nothing missed, whatever order things happen in, over both logs."""

import asyncio

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation import collector
from tests.simulation.machine import PROCESSES, Commands
from tests.simulation.mistakes import MISTAKES, Mistake
from xogql.play.handler import BusyError
from xogql.store.engine import make_engine
from xogql.store.event_store import EventStoreError
from xogql.store.memory import MemoryEventStore
from xogql.store.postgres import PostgresEventStore

repeatable = settings(deadline=None, derandomize=True, database=None)


def quiet(recorded: object) -> None:
    """Ring for nobody: each process rings its own bell."""


def run_in_memory(how: settings) -> None:
    class InMemory(Commands):
        def __init__(self) -> None:
            store = MemoryEventStore(quiet)
            super().__init__(runner, [store] * PROCESSES)

    with asyncio.Runner() as runner:
        run_state_machine_as_test(InMemory, settings=how)


def test_commands_over_the_log_in_memory() -> None:
    run_in_memory(settings(repeatable, max_examples=60))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.__name__)
def test_a_mistake_is_found(mistake: Mistake, monkeypatch: pytest.MonkeyPatch) -> None:
    mistake(monkeypatch)
    monkeypatch.setattr(collector, "PATIENCE", 5.0)  # what never comes is a mistake that is found

    with pytest.raises((AssertionError, ValueError, EventStoreError, BusyError, TimeoutError)):
        run_in_memory(
            settings(
                repeatable,
                max_examples=100,
                phases=[Phase.generate],
                report_multiple_bugs=False,
            )
        )


def test_commands_over_postgres(database_url: str) -> None:
    class InPostgres(Commands):
        def __init__(self) -> None:
            super().__init__(runner, [PostgresEventStore(each, quiet) for each in engines])

    with asyncio.Runner() as runner:
        engines = [make_engine(database_url) for _ in range(PROCESSES)]
        try:
            run_state_machine_as_test(
                InPostgres,
                settings=settings(repeatable, max_examples=20, stateful_step_count=40),
            )
        finally:
            for each in engines:
                runner.run(each.dispose())
