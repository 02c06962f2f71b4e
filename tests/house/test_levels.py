"""Which levels there are, and what is refused."""

import pytest

from tests.e2e.clients import PASSWORD, Client, Player
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError
from xogql.game.bots import Level
from xogql.play.house import HOUSE, username

LEVELS = "query ($rules: RulesInput, $preset: Preset) { levels(rules: $rules, preset: $preset) }"
LARGE = {"rows": 15, "columns": 15, "line": 5}


async def test_a_game_that_is_not_solved_has_no_perfect_level(here: Server) -> None:
    nobody = Client(here)

    assert (await nobody.ask(LEVELS))["levels"] == ["EASY", "MEDIUM", "HARD", "PERFECT"]
    assert (await nobody.ask(LEVELS, preset="GOMOKU"))["levels"] == ["EASY", "MEDIUM", "HARD"]
    assert (await nobody.ask(LEVELS, rules=LARGE))["levels"] == ["EASY", "MEDIUM", "HARD"]


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        ({"preset": "GOMOKU", "rules": LARGE}, "preset"),
        ({"rules": {"rows": 2, "columns": 3, "line": 3}}, "rules"),
    ],
)
async def test_levels_of_no_rules_are_refused(
    here: Server, given: dict[str, object], argument: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        await Client(here).ask(LEVELS, **given)

    assert refused.value.codes == ["INVALID_INPUT"]
    assert refused.value.errors[0]["extensions"]["argument"] == argument


async def test_a_level_that_the_rules_do_not_have_is_refused(ann: Player) -> None:
    answer = await ann.wish("createGame", opponent="HOUSE", level="PERFECT", preset="GOMOKU")

    assert (answer["code"], answer["field"]) == ("LEVEL_NOT_AVAILABLE", "level")


async def test_rules_that_no_game_has_are_refused_as_ever(ann: Player) -> None:
    rules = {"rows": 2, "columns": 2, "line": 2}
    answer = await ann.wish("createGame", opponent="HOUSE", level="PERFECT", rules=rules)

    assert (answer["code"], answer["field"]) == ("RULES_NOT_ALLOWED", "rules")


@pytest.mark.parametrize("level", Level)
async def test_nobody_is_the_house(here: Server, ann: Player, level: Level) -> None:
    name = username(level)

    login = await Client(here).wish("login", username=name, password=PASSWORD)
    sign_up = await Client(here).wish("signUp", username=name, password=PASSWORD)
    known = await ann.ask("query ($id: ID!) { node(id: $id) { id } }", id=HOUSE[level])

    assert login["code"] == "WRONG_CREDENTIALS"
    assert sign_up["code"] == "USERNAME_NOT_ALLOWED"
    assert known["node"] == {"id": HOUSE[level]}
