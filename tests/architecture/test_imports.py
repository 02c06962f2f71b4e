"""What is imported when: a command waits for nothing that it does not use."""

import subprocess
import sys

import pytest

SERVER = {"alembic", "fastapi", "graphql", "passlib", "sqlalchemy", "strawberry", "uvicorn"}
"""What takes long to import."""


def imported(script: str) -> set[str]:
    """The packages that are there after a script, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys; {script}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in told.stdout.split()}


def threads(script: str) -> int:
    told = subprocess.run(
        [sys.executable, "-c", f"{script}; import threading; print(threading.active_count())"],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout)


@pytest.mark.parametrize(
    ("module", "needed"),
    [
        ("xogql", set()),
        ("xogql.game", set()),
        ("xogql.cli", set()),
        ("xogql.checks", set()),
        ("xogql.embedded", set()),
        ("xogql.serving", {"uvicorn"}),
        ("xogql.store.migrations", {"alembic", "sqlalchemy"}),
        ("xogql.preloaded", SERVER - {"alembic"}),
    ],
)
def test_a_module_imports_of_the_server_only_what_it_needs(module: str, needed: set[str]) -> None:
    assert imported(f"import {module}") & SERVER == needed


def test_the_collector_of_garbage_rests_only_while_the_server_is_imported() -> None:
    script = "import gc, xogql.preloaded; assert gc.isenabled()"

    assert "xogql" in imported(script)


def test_what_is_imported_before_processes_are_forked_starts_no_thread() -> None:
    assert threads("import xogql.preloaded") == 1
