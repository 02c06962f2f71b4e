"""Programs of Node for the tests: packages pinned by a lock, installed once into a cache."""

import shutil
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PROGRAMS = Path(sys.executable).parent
NODE = PROGRAMS / "node"
PATIENCE = 300.0
"""Nothing takes so long, in seconds; only what hangs meets it."""

OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH")
"""What npm says if there is no network."""

_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")


def installed(folder: Path, cache: pytest.Cache | None) -> Path:
    """Copy *folder* and install what its lock names; skip the test where there is no network."""
    assert cache is not None
    copies = cache.mkdir("node")
    copy = copies / f"{folder.name}-{_digest(folder)}"
    if not copy.exists():
        with TemporaryDirectory(dir=copies, ignore_cleanup_errors=True) as temporary:
            here = shutil.copytree(folder, Path(temporary) / folder.name, ignore=_modules)
            _install(here)
            with suppress(OSError):  # another process was quicker
                here.rename(copy)
    return copy


_modules = shutil.ignore_patterns("node_modules")


def _digest(folder: Path) -> str:
    files = sorted(each for each in folder.rglob("*") if each.is_file() and _is_source(each))
    named = (f"{each.relative_to(folder)}\0".encode() + each.read_bytes() for each in files)
    return sha256(b"\0".join(named)).hexdigest()[:16]


def _is_source(file: Path) -> bool:
    return "node_modules" not in file.parts


def _install(folder: Path) -> None:
    done = subprocess.run(
        [PROGRAMS / "npm", *_INSTALL, "--fetch-retries=1", "--fetch-retry-mintimeout=1000"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode and any(each in done.stderr for each in OFFLINE):
        pytest.skip(f"npm cannot be reached, which has what {folder.name} needs")
    assert not done.returncode, done.stderr
