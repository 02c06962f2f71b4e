"""The results that are kept: a page with a section for each benchmark."""

import re
from collections.abc import Sequence
from pathlib import Path

from bench.table import Table

PAGE = Path(__file__).parent / "RESULTS.md"
BEGINNING = "# Results\n\nMade by `make bench`; each benchmark replaces its own section.\n"


def keep(name: str, section: str) -> None:
    """Put a benchmark's section in the place of its last one, or at the end."""
    page = PAGE.read_text() if PAGE.exists() else BEGINNING
    beginning, *sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    named = {each.split("\n", 1)[0]: each.strip() for each in sections}
    named[f"## {name}"] = section.strip()
    PAGE.write_text("\n\n".join([beginning.strip(), *named.values()]) + "\n")


def section(name: str, about: Sequence[str], tables: Sequence[Table]) -> str:
    """Write a benchmark's section."""
    return "\n\n".join([f"## {name}", *about, *map(str, tables)])
