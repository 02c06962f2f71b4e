"""The pages tell what the code does: every name is there, every link leads somewhere."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from graphql import parse, validate
from pydantic import TypeAdapter

from tests.architecture.project import MODULES, PAGES, ROOT, fenced, page, quoted
from xogql import game, player
from xogql.api.frames import Close
from xogql.api.rejections import RejectionCode
from xogql.api.schema import EXECUTABLE
from xogql.auth.passwords import OverloadedError
from xogql.auth.refusals import AuthRefusedError
from xogql.auth.sessions import TokenRevokedError
from xogql.auth.tokens import TokenExpiredError, TokenInvalidError
from xogql.cli import main
from xogql.settings import Settings

PROJECT = tomllib.loads(page("pyproject.toml"))
WITH_A_CODE = (TokenExpiredError, TokenInvalidError, TokenRevokedError, OverloadedError)
FOR_COMPOSE = {"POSTGRES_PASSWORD"}


def error_codes() -> Iterator[str]:
    """Every `extensions.code`: of a class that has one, or given where errors are made."""
    yield from (each.code for each in WITH_A_CODE)
    for module in MODULES:
        if "OperationError" in page(module.place):
            for call in ast.walk(module.tree):
                if isinstance(call, ast.Call):
                    yield from filter(re.compile(r"[A-Z]{3,}(_[A-Z]+)*").fullmatch, texts(call))


def texts(call: ast.Call) -> Iterator[str]:
    for given in call.args:
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield given.value


def variable(name: str) -> str:
    return f"XOGQL_{name.upper()}"


def default(name: str) -> str:
    """A setting's default as one writes it in the environment; empty: it is not set."""
    value = Settings.model_fields[name].default
    text = "" if value is None else str(TypeAdapter(type(value)).dump_python(value, mode="json"))
    return text.lower() if isinstance(value, bool) else text


def row_of(name: str) -> list[str]:
    """The cells of a setting's row in docs/settings.md."""
    rows = [
        line for line in page("docs/settings.md").splitlines() if f"| `{variable(name)}`" in line
    ]
    assert len(rows) == 1, name
    return [cell.strip() for cell in rows[0].strip("|").split("|")]


def assignments() -> dict[str, str]:
    """What .env.example sets; the line before each is a comment."""
    lines = page(".env.example").splitlines()
    found = {}
    for before, line in zip(["", *lines], lines, strict=False):
        if line and not line.startswith("#"):
            assert before.startswith("# "), line
            name, _, value = line.partition("=")
            found[name] = value
    return found


def anchors(path: Path) -> set[str]:
    """The names of a page's headings, as GitHub makes them."""
    prose = re.sub(r"^```.*?^```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def links() -> Iterator[tuple[Path, str]]:
    for each in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", each.read_text()):
            if "://" not in target:
                yield each, target


def built_with() -> set[str]:
    """What is locked for the sake of building alone."""
    blocks = re.split(r"^(?=[a-z])", page("requirements.lock"), flags=re.MULTILINE)[1:]
    users = {
        each.partition("==")[0]: set(re.findall(r"^    #  *(?:via )?(\S.+)$", each, re.MULTILINE))
        for each in blocks
    }
    found: set[str] = set()
    wanted_by = {"via", "xogql (pyproject.toml:build)"}
    while more := {name for name, by in users.items() if by <= wanted_by | found} - found:
        found |= more
    return found


def documents() -> Iterator[tuple[str, str]]:
    for each in PAGES:
        for number, block in enumerate(fenced(each.read_text(), "graphql"), start=1):
            yield f"{each.name} {number}", block


def test_every_setting_is_explained_with_its_default() -> None:
    rows = {name: row_of(name) for name in Settings.model_fields}

    written = {name: row[2].strip("`").replace("not set", "") for name, row in rows.items()}
    assert written == {name: default(name) for name in Settings.model_fields}


def test_every_flag_is_told_with_its_setting() -> None:
    flags = {each.name: each.opts[0] for each in main.commands["serve"].params}

    for name in Settings.model_fields:
        assert row_of(name)[1].strip("`") == flags.get(name, "")


def test_the_help_of_every_command_is_in_the_docs() -> None:
    blocks = fenced(page("docs/settings.md"), "text")

    for name in main.commands:
        help_text = (
            CliRunner().invoke(main, [name, "--help"], prog_name="xogql", terminal_width=80).output
        )
        assert help_text in blocks, f"docs/settings.md has not, as it is:\n{help_text}"


def test_the_example_environment_has_every_setting() -> None:
    assert set(assignments()) == {variable(name) for name in Settings.model_fields} | FOR_COMPOSE


def test_the_example_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    defaults = Settings()

    for name, value in assignments().items():
        monkeypatch.setenv(name, value)

    assert Settings() == defaults


def test_every_refusal_is_explained_to_client_authors() -> None:
    assert set(RejectionCode) - quoted(page("docs/protocol.md")) == set()


def test_every_error_code_is_explained_to_client_authors() -> None:
    assert set(error_codes()) - quoted(page("docs/protocol.md")) == set()


def test_every_close_code_is_explained_to_client_authors() -> None:
    rows = re.findall(r"^\| (\d{4}) \|", page("docs/protocol.md"), re.MULTILINE)

    assert {str(int(code)) for code in Close} - set(rows) == set()


def test_every_root_field_is_told_with_the_token_it_needs() -> None:
    roots = (EXECUTABLE.query_type, EXECUTABLE.mutation_type, EXECUTABLE.subscription_type)
    fields = {name for root in roots if root is not None for name in root.fields}

    rows = re.findall(r"^\| `(\w+)` \|", page("docs/protocol.md"), re.MULTILINE)
    assert fields - set(rows) == set()


def test_every_word_of_the_domain_is_in_the_glossary() -> None:
    unions = (game.Command, game.Event, game.State, player.Command, player.Event, player.Player)
    words = {kind.__name__ for union in unions for kind in get_args(union)}

    assert words - quoted(page("docs/glossary.md")) == set()


def test_every_refusal_is_in_the_glossary() -> None:
    of_the_rules = {each.code for each in game.CommandRejectedError.__subclasses__()}
    at_the_door = {each.code for each in AuthRefusedError.__subclasses__()}

    assert (of_the_rules | at_the_door) - quoted(page("docs/glossary.md")) == set()


def test_the_design_says_what_each_dependency_is_for() -> None:
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups["build"], *groups["dev"]]
    names = {re.split(r"[\[<>=; ]", each)[0] for each in wanted}

    rows = set(re.findall(r"^\| `([\w-]+)` \|", page("docs/design.md"), re.MULTILINE))
    assert names - rows == set()


def test_files_that_the_pages_name_are_there() -> None:
    missing = [
        (each.name, name)
        for each in PAGES
        for name in quoted(each.read_text())
        if re.fullmatch(r"[\w./-]*\w\.(py|toml|yaml|conf|graphql)", name)
        if not any((folder / name).exists() for folder in (ROOT, ROOT / "xogql"))
    ]

    assert missing == []


def test_functions_on_the_path_of_a_move_are_where_the_design_says() -> None:
    stops = re.findall(r"^\d\. `([\w/]+\.py)`, `([\w.]+)`", page("docs/design.md"), re.MULTILINE)
    defined = {
        (module.place.removeprefix("xogql/"), function.name)
        for module in MODULES
        for function in module.functions()
    }

    assert len(stops) >= 6
    assert [
        (file, name) for file, name in stops if (file, name.split(".")[-1]) not in defined
    ] == []


@pytest.mark.parametrize(("source", "target"), [*links()], ids=str)
def test_a_link_leads_somewhere(source: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    found = source.parent / path if path else source

    assert found.exists()
    assert not anchor or anchor in anchors(found)


@pytest.mark.parametrize(("where", "document"), [*documents()], ids=str)
def test_a_document_in_the_pages_is_valid(where: str, document: str) -> None:
    assert validate(EXECUTABLE, parse(document)) == []


def test_every_command_of_the_makefile_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))

    named = {name for each in PAGES for name in re.findall(r"`make ([a-z-]+)", each.read_text())}
    assert named - targets == set()


def test_the_image_keeps_nothing_that_only_builds() -> None:
    removed = re.search(r"uninstall --yes \\\n([^\n]*)", page("Dockerfile"))

    assert removed is not None
    assert set(removed[1].split()) == built_with()
