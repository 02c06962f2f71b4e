"""What the tests of this folder look at: the modules, as they are parsed, and the pages."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A file of the package."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def lines(self) -> int:
        return len(self.path.read_text().splitlines())

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


MODULES = [
    Module(path, ast.parse(path.read_text())) for path in sorted((ROOT / "xogql").rglob("*.py"))
]


def page(name: str) -> str:
    return (ROOT / name).read_text()


def fenced(text: str, language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def quoted(text: str) -> set[str]:
    """What stands between backticks, outside of code blocks."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", prose))
