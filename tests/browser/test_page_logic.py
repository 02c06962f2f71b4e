"""The logic of the page by itself, in TypeScript. No browser is needed."""

import subprocess
from pathlib import Path

from tests.node import PATIENCE, PROGRAMS

PAGE = Path(__file__).parents[2] / "web/page"


def test_the_logic_of_the_page_holds() -> None:
    assert (PAGE / "node_modules").is_dir(), "The page is not built: make web"

    done = subprocess.run(
        [PROGRAMS / "bun", "run", "--bun", "test"],
        cwd=PAGE,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
