"""How the package is built; what linters and types do not see."""

import ast
import subprocess
import sys
from collections import Counter

from tests.architecture.project import MODULES, ROOT, Function, Module

LONGEST_MODULE = 300
LONGEST_OF_TYPES = 400
"""Games, players and events name each other in GraphQL: their types share one module."""

LONGEST_BODY = 40
NAMES_THAT_SAY_NOTHING = {"common", "helper", "helpers", "manager", "managers", "util", "utils"}


def body_of(function: Function) -> int:
    """Lines, without the docstring."""
    first, *rest = function.body
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        if not rest:
            return 0
        first = rest[0]
    return (function.end_lineno or 0) - first.lineno + 1


def untyped(function: Function) -> list[str]:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    more = [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    missing = [
        each.arg
        for each in (*named, *more)
        if each.annotation is None and each.arg not in {"self", "cls"}
    ]
    return missing if function.returns is not None else [*missing, "the result"]


def names_in(module: Module) -> set[str]:
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name)
    }


def test_no_two_modules_share_a_name() -> None:
    names = Counter(module.name for module in MODULES if module.name != "__init__")

    assert [name for name, times in names.items() if times > 1] == []


def test_a_module_can_be_read_in_one_go() -> None:
    lines = {module.place: module.lines for module in MODULES}

    assert lines.pop("xogql/api/game_type.py") <= LONGEST_OF_TYPES
    assert {place: count for place, count in lines.items() if count > LONGEST_MODULE} == {}


def test_a_function_fits_on_a_screen() -> None:
    bodies = {
        f"{module.place} {each.name}": body_of(each)
        for module in MODULES
        for each in module.functions()
    }

    assert {place: count for place, count in bodies.items() if count > LONGEST_BODY} == {}


def test_a_module_says_what_it_is_for() -> None:
    assert [module.place for module in MODULES if not ast.get_docstring(module.tree)] == []


def test_a_module_is_named_after_what_it_holds() -> None:
    vague = [
        module.place
        for module in MODULES
        if NAMES_THAT_SAY_NOTHING & {*module.name.split("_"), *module.path.parent.parts}
    ]

    assert vague == []


def test_no_cycle_is_hidden_behind_type_checking() -> None:
    assert [module.place for module in MODULES if "TYPE_CHECKING" in names_in(module)] == []


def test_every_function_is_typed() -> None:
    missing = {
        f"{module.place} {each.name}": untyped(each)
        for module in MODULES
        for each in module.functions()
    }

    assert {place: names for place, names in missing.items() if names} == {}


def test_layers_and_walls_stand() -> None:
    lint_imports = "from importlinter.cli import lint_imports_command as lint; lint()"

    done = subprocess.run(
        [sys.executable, "-c", lint_imports, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
