"""The rules are a library of their own."""

import subprocess
import sys
from pathlib import Path

import xogql.game

ROOT = Path(__file__).parents[2]


def test_the_game_is_played_with_nothing_installed() -> None:
    """-S leaves out site-packages: the standard library is all there is."""
    played = subprocess.run(
        [sys.executable, "-S", "-c", "from xogql.game import *; print(fold([]))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert played.stdout == "Absent()\n"


def test_every_public_name_is_exported_once() -> None:
    names = xogql.game.__all__

    assert sorted(names) == sorted(set(names))
    assert all(hasattr(xogql.game, name) for name in names)
