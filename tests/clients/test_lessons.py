"""The code that the page shows is the code that plays."""

import asyncio
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

import pytest

from tests.architecture.project import fenced, page
from tests.clients.library import DOCUMENTS, NODE_FOLDER
from tests.node import NODE, PATIENCE

LESSONS = [
    *((path, "ts") for path in sorted((NODE_FOLDER / "lessons").glob("*.ts"))),
    (Path(__file__).parent / "gql_lesson.py", "python"),
    (DOCUMENTS / "game-events.graphql", "graphql"),
]


@pytest.mark.parametrize(("lesson", "language"), LESSONS, ids=lambda each: Path(each).name)
def test_a_lesson_is_on_the_page_as_it_is(lesson: Path, language: str) -> None:
    assert lesson.read_text() in fenced(page("docs/clients.md"), language)


@pytest.mark.parametrize("language", ["graphql", "python", "ts"])
def test_the_page_shows_no_code_that_nobody_runs(language: str) -> None:
    lessons = {path.read_text() for path, its in LESSONS if its == language}

    assert set(fenced(page("docs/clients.md"), language)) == lessons


async def test_the_programs_are_typed(node_folder: Path) -> None:
    compiler = node_folder / "node_modules" / "typescript" / "bin" / "tsc"

    process = await asyncio.create_subprocess_exec(
        NODE, compiler, "--project", node_folder, stdout=PIPE, stderr=STDOUT
    )
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()

    assert (process.returncode, said.decode()) == (0, "")
