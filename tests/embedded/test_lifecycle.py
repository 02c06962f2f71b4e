"""A Postgres comes, keeps what it is told, and goes."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.embedded.witness import ask, is_deserted, is_kept, write
from xogql.embedded import (
    DataFolderInUseError,
    DataFolderUnusableError,
    EmbeddedPostgres,
    OtherMajorVersionError,
    ProgramFailedError,
    UnsupportedPlatformError,
)
from xogql.embedded.addresses import LONGEST, Address
from xogql.embedded.postmaster import Postmaster


def test_the_first_start_creates_and_the_second_keeps(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "new" / "data") as embedded:
        write(embedded.url)
    assert is_deserted(tmp_path)

    with EmbeddedPostgres(tmp_path / "new" / "data") as embedded:
        assert is_kept(embedded.url)
    assert is_deserted(tmp_path)


def test_one_object_starts_again(kept: Path) -> None:
    embedded = EmbeddedPostgres(kept)

    for _ in range(2):
        with embedded:
            assert is_kept(embedded.url)


def test_nobody_else_looks_in(template: Path) -> None:
    found = {each.name: stat.S_IMODE(each.stat().st_mode) for each in template.iterdir()}

    assert stat.S_IMODE(template.stat().st_mode) == 0o700
    assert found["postgres"] == 0o700
    assert found["postgres.log"] == found["owner.lock"] == found["postgres.lock"] == 0o600


def test_it_is_safe_and_only_on_its_socket(kept: Path) -> None:
    with EmbeddedPostgres(kept) as embedded:
        assert ask(embedded.url, "show fsync") == "on"
        assert ask(embedded.url, "show listen_addresses") == ""
        assert ask(embedded.url, "show max_connections") == "200"
        assert ask(embedded.url, "show server_encoding") == "UTF8"
        assert (
            ask(embedded.url, "select current_user || '@' || current_database()") == "xogql@xogql"
        )


async def test_sqlalchemy_takes_the_address_and_a_running_loop_does_not_matter(kept: Path) -> None:
    with EmbeddedPostgres(kept) as embedded:
        engine = create_async_engine(make_url(embedded.url).set(drivername="postgresql+asyncpg"))
        async with engine.connect() as connection:
            assert await connection.scalar(text("select answer from kept")) == 42
        await engine.dispose()


def test_a_missing_database_is_made(spare: Path) -> None:
    with EmbeddedPostgres(spare) as embedded:
        ask(embedded.url.replace("/xogql?", "/postgres?"), "drop database xogql")

    with EmbeddedPostgres(spare) as embedded:
        write(embedded.url)


def test_the_environment_of_another_postgres_does_not_matter(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PORT": "5999", "DATA": "/nowhere", "HOST": "eve", "USER": "eve"}.items():
        monkeypatch.setenv(f"PG{name}", value)
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")

    with EmbeddedPostgres(kept) as embedded:
        assert is_kept(embedded.url)


def test_any_path_will_do(spare: Path, tmp_path: Path) -> None:
    data_dir = spare
    for name in ("with spaces", "šachy ✕○ 'n\" %41+@", "comma,comma", "x" * 100):
        data_dir = data_dir.rename(tmp_path / name)

        with EmbeddedPostgres(data_dir) as embedded:
            assert is_kept(embedded.url)
            assert is_kept(make_url(embedded.url).render_as_string())
        folder = Address.of(data_dir / "postgres").folder
        assert folder == data_dir / "postgres" or not folder.exists()


def test_half_a_cluster_in_a_strange_path_is_made_anew(tmp_path: Path) -> None:
    data_dir = tmp_path / f"{'long ' * 20}š'"
    (data_dir / "postgres.new" / "base").mkdir(parents=True)
    (data_dir / "postgres.new" / "PG_VERSION").write_text("18\n")

    with EmbeddedPostgres(data_dir) as embedded:
        assert len(embedded.url) < LONGEST
        write(embedded.url)
    assert not (data_dir / "postgres.new").exists()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    embedded = EmbeddedPostgres(tmp_path / ("x" * 100))
    folder = Path(str(make_url(embedded.url).query["host"]))
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(DataFolderUnusableError, match="somebody else"), embedded:
            pass
    finally:
        folder.unlink()


def test_a_folder_in_use_is_refused_with_who_and_where(kept: Path) -> None:
    with (
        EmbeddedPostgres(kept) as embedded,
        pytest.raises(DataFolderInUseError, match=str(os.getpid())) as refused,
        EmbeddedPostgres(kept),
    ):
        pass
    assert refused.value.pid == os.getpid()
    assert refused.value.url == embedded.url
    assert f"XOGQL_DATABASE_URL='{embedded.url}'" in str(refused.value)


def test_a_folder_that_another_postgres_serves_is_refused(spare: Path) -> None:
    with EmbeddedPostgres(spare):
        (spare / "owner.lock").unlink()
        (spare / "postgres.lock").unlink()
        postmaster = Postmaster.of(spare / "postgres")

        with pytest.raises(DataFolderInUseError) as refused, EmbeddedPostgres(spare):
            pass
        assert postmaster is not None
        assert refused.value.pid == postmaster.pid
        assert is_kept(refused.value.url)


def test_another_major_version_is_refused(spare: Path) -> None:
    (spare / "postgres" / "PG_VERSION").write_text("12\n")

    with pytest.raises(
        OtherMajorVersionError, match=r"made by Postgres 12.* are 1[5-9]"
    ) as refused:
        EmbeddedPostgres(spare).__enter__()
    assert "XOGQL_POSTGRES_BINDIR" in str(refused.value)


@pytest.mark.parametrize("state", ["alive", "zombie"])
def test_the_number_of_a_killed_postgres_may_be_used_again(kept: Path, state: str) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as somebody:
        if state == "zombie":
            somebody.kill()
            os.waitid(os.P_PID, somebody.pid, os.WEXITED | os.WNOWAIT)
        lines = [somebody.pid, kept / "postgres", 0, 5432, kept / "postgres", "", 0, "ready"]
        (kept / "postgres" / "postmaster.pid").write_text("\n".join(map(str, lines)))

        with EmbeddedPostgres(kept) as embedded:
            assert is_kept(embedded.url)
        assert (somebody.poll() is None) == (state == "alive")


def test_a_failing_start_tells_what_postgres_said(spare: Path) -> None:
    with (spare / "postgres" / "postgresql.conf").open("a") as configuration:
        configuration.write("\nshared_buffers = plenty\n")

    with pytest.raises(ProgramFailedError, match='"shared_buffers": "plenty"'):
        EmbeddedPostgres(spare).__enter__()
    assert is_deserted(spare)


def test_a_start_that_takes_too_long_is_given_up(kept: Path) -> None:
    with pytest.raises(ProgramFailedError, match="did not come up"):
        EmbeddedPostgres(kept, timeout=0).__enter__()
    assert is_deserted(kept)


def test_data_that_take_too_long_to_make_are_given_up(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailedError, match="initdb took more than 0 s"):
        EmbeddedPostgres(tmp_path, timeout=0).__enter__()
    assert is_deserted(tmp_path)


def test_what_is_no_postgres_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "letters").write_text("dear Ann")

    with pytest.raises(DataFolderUnusableError, match="something else"):
        EmbeddedPostgres(tmp_path).__enter__()
    assert (tmp_path / "postgres" / "letters").read_text() == "dear Ann"


def test_windows_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded = EmbeddedPostgres(tmp_path)

    with monkeypatch.context() as windows:
        windows.setattr("os.name", "nt")
        with pytest.raises(UnsupportedPlatformError, match="Linux and macOS only"):
            embedded.__enter__()


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataFolderUnusableError):
        EmbeddedPostgres(tmp_path / "file").__enter__()


def test_the_log_is_bounded(spare: Path) -> None:
    os.truncate(spare / "postgres.log", 11 * 1024 * 1024)

    with EmbeddedPostgres(spare):
        assert (spare / "postgres.log").stat().st_size < 10_000


def test_it_is_gone_when_the_block_is_left(kept: Path) -> None:
    with EmbeddedPostgres(kept) as embedded:
        postmaster = Postmaster.of(kept / "postgres")
        assert postmaster is not None
        assert postmaster.is_ready
        assert postmaster.answers()

    assert is_deserted(kept)
    assert not postmaster.answers()
    with pytest.raises(FileNotFoundError):
        ask(embedded.url, "select 1")
