"""The reference servers of Node: what they need is pinned by a lock, and installed once."""

import json
import shutil
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent / "reference"
CACHE = Path(__file__).parents[1] / ".xogql" / "bench"
PROGRAMS = Path(sys.executable).parent
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")


class NotInstalledError(Exception):
    """The packages of the references cannot be installed."""


def program(name: str) -> tuple[str, str]:
    """Give the command that runs a reference."""
    return str(PROGRAMS / "node"), str(_installed() / f"{name}.mjs")


def versions() -> str:
    """Say what they are made of."""
    node = _output(str(PROGRAMS / "node"), "--version")
    packages = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    named = [f"{name} {version}" for name, version in packages.items()]
    return f"Node {node.removeprefix('v')} with {', '.join(named)}"


def _installed() -> Path:
    """Copy the references beside their packages, unless it is done."""
    copy = CACHE / f"reference-{_digest()}"
    if not copy.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE, ignore_cleanup_errors=True) as temporary:
            here = shutil.copytree(FOLDER, Path(temporary) / "reference", ignore=_modules)
            _install(here)
            with suppress(OSError):  # another process was quicker
                here.rename(copy)
    return copy


_modules = shutil.ignore_patterns("node_modules")


def _digest() -> str:
    files = sorted(each for each in FOLDER.iterdir() if each.is_file())
    return sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()[:16]


def _install(folder: Path) -> None:
    done = subprocess.run(
        [PROGRAMS / "npm", *INSTALL], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotInstalledError(done.stderr)


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
