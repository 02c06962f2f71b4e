"""How the page is to those who see little, press with a finger, or have a small or dark screen."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visiting
from tests.browser.visitor import NARROW, PHONE, Visitor, play, sit_down_together
from tests.node import installed

LEGAL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Look = Callable[[str, Visitor], Awaitable[None]]

SCREENS = [
    "home",
    "touch",
    "waiting",
    "invited",
    "game",
    "lost",
    "over",
    "review",
    "games",
    "watch",
    "account",
]


@pytest.fixture(scope="session")
def axe(pytestconfig: pytest.Config) -> str:
    """Deque's checker of accessibility, as a script."""
    folder = installed(Path(__file__).parent / "node", pytestconfig.cache)
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


async def faults(visitor: Visitor, axe: str) -> list[str]:
    """Give what the checker finds, and where."""
    await visitor.page.evaluate(axe)
    found: list[dict[str, Any]] = await visitor.page.evaluate(
        "async tags => (await axe.run({ runOnly: tags })).violations", LEGAL
    )
    return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]


async def go_through(visit: Visiting, look: Look, **how: Any) -> None:
    """Let somebody see every screen, and call *look* with its name at each."""
    ann, bob, eve = await visit(**how), await visit(), await visit(**how)
    await before_a_game(ann, bob, eve, look)
    await play(ann, bob, "b2", "b1", "a1", "c3", "a3", "a2")
    await ann.sees("Your turn")
    await look("game", ann)
    await ann.page.context.set_offline(True)
    await ann.sees("You are offline.")
    await look("lost", ann)
    await ann.page.context.set_offline(False)
    await ann.is_live()
    await ann.cell("c1").click()
    await after_a_game(ann, look)


async def before_a_game(ann: Visitor, bob: Visitor, eve: Visitor, look: Look) -> None:
    await expect(ann.page.get_by_role("heading", name="Waiting for someone")).to_be_visible()
    await look("home", ann)
    await ann.press("Touch")
    await look("touch", ann)
    await ann.press("Close")
    await ann.choose("A friend")
    await ann.press("Play now")
    await ann.sees("Send the link to start.")
    await look("waiting", ann)
    link = f"http://{await ann.page.locator('.copy output').inner_text()}"
    await eve.go(link)
    await expect(eve.page.get_by_role("button", name="Sit down")).to_be_visible()
    await look("invited", eve)
    await bob.go(link)
    await bob.press("Sit down and play O")


async def after_a_game(ann: Visitor, look: Look) -> None:
    await ann.sees("You win.")
    await expect(ann.page.get_by_role("button", name="Show me")).to_be_visible()
    await look("over", ann)
    await ann.press("Show me")
    await ann.sees("Looking back: move 2")
    await look("review", ann)
    won = ann.page.get_by_role("link", name=re.compile("Won against"))
    await ann.go("/games")
    await expect(won).to_be_visible()
    await look("games", ann)
    await ann.go("/watch")
    await look("watch", ann)
    await ann.go("/account")
    await expect(won).to_be_visible()
    await look("account", ann)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("how", [{}, PHONE], ids=["desktop", "phone"])
async def test_no_screen_has_a_fault_that_axe_knows(
    visit: Visiting, axe: str, scheme: str, how: dict[str, Any]
) -> None:
    found: dict[str, list[str]] = {}

    async def look(screen: str, visitor: Visitor) -> None:
        found[screen] = await faults(visitor, axe)

    await go_through(visit, look, color_scheme=scheme, **how)

    assert found == {screen: [] for screen in SCREENS}


async def test_nothing_is_wider_than_320_pixels(visit: Visiting) -> None:
    widths: dict[str, int] = {}

    async def look(screen: str, visitor: Visitor) -> None:
        widths[screen] = await visitor.page.evaluate("document.documentElement.scrollWidth")

    await go_through(visit, look, **NARROW)

    assert widths == dict.fromkeys(SCREENS, 320)


@pytest.mark.parametrize("how", [{}, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
async def test_nothing_below_the_slot_moves_whatever_it_says(
    visit: Visiting, how: dict[str, Any]
) -> None:
    ann, bob = await visit(**how), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, "b2", "b1")
    tops: dict[str, float] = {}

    for raise_it, said, end_it in QUESTIONS:
        await ann.press(raise_it)
        await ann.sees(said)
        tops[said] = await top_of_the_board(ann)
        await ann.press(end_it)
    await ann.sees("Your turn")
    tops["Your turn"] = await top_of_the_board(ann)
    for each, said in (("Offer a draw", "offers a draw"), ("Take a move back", "asks to take")):
        await bob.press(each)
        await ann.sees(said)
        tops[said] = await top_of_the_board(ann)
        await ann.slot.get_by_role("button").first.click()
    await ann.page.context.set_offline(True)
    await ann.sees("You are offline.")
    tops["offline"] = await top_of_the_board(ann)

    assert len(set(tops.values())) == 1, tops


QUESTIONS = [
    ("Resign", "Resign?", "Keep playing"),
    ("Offer a draw", "Draw offered.", "Take back"),
    ("Take a move back", "Asked to take a move back.", "Let it stand"),
    ("First position", "Looking back: the start", "To now"),
]
"""What raises it, what the slot says then, and what ends it."""


async def test_nothing_under_a_small_board_moves_when_the_turn_passes(visit: Visiting) -> None:
    ann, bob = await visit(**PHONE), await visit()
    await sit_down_together(ann, bob, "15×15")
    moves = ann.page.locator(".moves-card")
    place = ann.page.get_by_role("button", name="Aim first")
    await expect(place).to_be_visible()
    mine = await moves.bounding_box()

    await ann.cell("h8").tap()
    await ann.cell("h8").tap()
    await ann.sees("is to move")

    assert await moves.bounding_box() == mine
    await expect(ann.page.get_by_role("button", name="Not your turn")).to_be_visible()
    await bob.move("a1")
    await expect(place).to_be_visible()


async def top_of_the_board(visitor: Visitor) -> float:
    top: float = await visitor.page.locator(".board").evaluate(
        "board => board.getBoundingClientRect().top + scrollY"
    )
    return top


async def test_controls_are_large_enough_for_a_finger(visit: Visiting) -> None:
    small: dict[str, list[str]] = {}

    async def look(screen: str, visitor: Visitor) -> None:
        small[screen] = await visitor.page.evaluate(SMALL_CONTROLS)

    await go_through(visit, look, **PHONE)

    assert small == {screen: [] for screen in SCREENS}


SMALL_CONTROLS = """() => [...document.querySelectorAll("button, .btn, .who, nav a, .foot a")]
  .filter((each) => each.checkVisibility() && !each.closest(".board, .moves, .seg, .pick, p"))
  .filter((each) => each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML)
"""


async def test_a_board_of_19_by_19_is_played(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await ann.choose("Your own")
    for side, value in (("Rows", "19"), ("Columns", "19"), ("In a row", "5")):
        await ann.page.get_by_role("spinbutton", name=side).fill(value)
    await sit_down_together(ann, bob)

    await play(ann, bob, "a1", "s19", "s1", "a19")

    assert len(await ann.cells()) == 361
    await bob.has_moves("a1", "s19", "s1", "a19")


async def test_rules_that_cannot_be_played_are_told_and_not_sent(visit: Visiting) -> None:
    ann = await visit()
    await ann.choose("Your own")

    await ann.page.get_by_role("spinbutton", name="In a row").fill("5")

    await expect(ann.page.get_by_text("A line of 5 does not fit on 3×3.")).to_be_visible()
    await ann.page.get_by_role("button", name="Play now").click(force=True)
    assert ann.page.url == f"{ann.url}/"


async def test_the_theme_follows_the_system_until_one_is_chosen(visit: Visiting) -> None:
    ann = await visit(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = await ann.page.evaluate(ground)

    await ann.press("Light or dark")
    light = await ann.page.evaluate(ground)
    await ann.reload()

    assert dark != light
    assert await ann.page.evaluate(ground) == light
