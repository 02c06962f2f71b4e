"""What is not marked as personal is answered alike to whoever may ask at all."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.project import MODULES, Function
from tests.e2e.clients import Client, Player, begun, signed_up
from tests.e2e.servers import Server
from tests.security.questions import every_field, personal_fields

ASKS_FOR_THE_VIEWER = {"claims", "find_game", "playing", "seen", "viewer", "watched_game"}
"""Of the context: what depends on who asks."""

ROOTS = {"Query", "Mutation", "Subscription"}


@pytest.fixture(scope="module")
async def watchers(server: Server, ann: Player, bob: Player) -> tuple[str, list[Client]]:
    """A public game that is played, and those who may read it, each in another way."""
    match = await begun(ann, bob)
    await match.play((1, 1), (0, 0))
    eve = await signed_up(server, "eve")
    return match.id, [ann, bob, eve, match.x, match.o]


async def test_all_who_may_read_a_game_read_the_same(watchers: tuple[str, list[Client]]) -> None:
    game_id, clients = watchers
    document = f'{{ game(id: "{game_id}") {every_field("Game", 3)} }}'

    answers = [(await each.post(document)).text for each in clients]

    assert "errors" not in answers[0]
    assert game_id in answers[0]
    assert {*answers} == {answers[0]}


async def test_what_is_personal_is_another_for_another(watchers: tuple[str, list[Client]]) -> None:
    game_id, clients = watchers

    marks = [(await each.own(game_id))["viewerMark"] for each in clients]

    assert marks == ["X", "O", None, "X", "O"]


def test_who_asks_for_the_viewer_is_marked_as_personal_and_not_as_impersonal() -> None:
    marks = dict(asking())

    assert {name for name, marked in marks.items() if "personal" not in marked} == set()
    assert {name for name, marked in marks.items() if "impersonal" in marked} == set()


def test_what_is_written_for_everybody_asks_for_nobody() -> None:
    shared = [each for each in resolvers() if "impersonal" in _decorators(each)]

    assert {each.name for each in shared} >= {"username", "kind"}
    assert [each.name for each in shared if _asks(each) or "personal" in _decorators(each)] == []


def test_the_marked_fields_are_known() -> None:
    assert personal_fields() >= {"Game.invite", "Game.viewerMark", "Player.games", "Query.me"}


def asking() -> Iterator[tuple[str, set[str]]]:
    """Name the resolvers that ask for the viewer, outside the roots, with their decorators."""
    for each in (each for module in MODULES for each in ast.walk(module.tree)):
        if isinstance(each, ast.ClassDef) and each.name not in ROOTS:
            for function in (one for one in each.body if isinstance(one, Function)):
                marks = _decorators(function)
                if "field" in marks and _asks(function):
                    yield f"{each.name}.{function.name}", marks


def resolvers() -> Iterator[Function]:
    """Give every function that has decorators."""
    for each in (each for module in MODULES for each in ast.walk(module.tree)):
        if isinstance(each, Function) and each.decorator_list:
            yield each


def _decorators(function: Function) -> set[str]:
    return {_name(each) for one in function.decorator_list for each in ast.walk(one)}


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _asks(function: Function) -> bool:
    attributes = [each.attr for each in ast.walk(function) if isinstance(each, ast.Attribute)]
    return not ASKS_FOR_THE_VIEWER.isdisjoint(attributes)
