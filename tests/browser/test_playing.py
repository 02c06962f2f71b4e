"""People at the page, in real browsers, on a real server."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import Visiting, visiting
from tests.browser.visitor import Visitor, play, sit_down_together
from tests.clients.host import serving

UNTIL_EXPIRED = """async () => {
  const { expiresAt } = JSON.parse(localStorage.getItem("xogql.session"));
  while (Date.now() < Date.parse(expiresAt)) await new Promise((wake) => setTimeout(wake, 50));
}"""
"""Wait until the token that the page has now is good for nothing."""


def assert_quiet(*visitors: Visitor) -> None:
    """Nothing went wrong, and nobody was asked but the server."""
    for each in visitors:
        assert each.complaints == []
        assert each.strangers == []


async def assert_same_board(one: Visitor, another: Visitor) -> None:
    moves = await one.page.locator(".moves button:enabled").count()
    await expect(another.page.locator(".moves button:enabled")).to_have_count(moves)
    assert await one.cells() == await another.cells()


async def test_a_game_by_link_and_its_rematch(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)

    await play(ann, bob, "a1", "b2", "b1", "c3", "c1")

    await ann.sees("You win. a1, b1, c1 in a row.")
    await bob.sees("wins.")
    await assert_same_board(ann, bob)
    await ann.press("Rematch, you play O")
    await ann.sees("Asked for a rematch.")
    await bob.sees("wants a rematch. You would play X.")
    await bob.page.get_by_role("button", name="Rematch", exact=True).click()
    await expect(bob.cell("b2")).to_be_focused()
    await expect(ann.cell("b2")).to_be_focused()
    await play(bob, ann, "b2")
    await ann.has_moves("b2")
    assert_quiet(ann, bob)


async def test_a_link_seats_nobody_before_the_button(visit: Visiting) -> None:
    ann, bob, eve = await visit(), await visit(), await visit()
    await ann.choose("A friend")
    await ann.press("Play now")
    link = f"http://{await ann.page.locator('.copy output').inner_text()}"
    await bob.go(link)
    await eve.go(link)
    await expect(bob.page.get_by_role("button", name="Sit down")).to_be_visible()

    await bob.press("Sit down and play O")
    await ann.sees("Your turn")
    await eve.sees("is to move")

    assert await eve.page.get_by_role("button", name=re.compile("Resign|Call it off")).count() == 0
    assert_quiet(ann, bob, eve)


async def test_the_first_press_on_the_board_at_home_plays_the_house(visit: Visiting) -> None:
    ann = await visit()
    await ann.choose("The house", "Easy")

    await ann.cell("b2").press("Enter")
    await expect(ann.cell("b2")).to_be_focused()
    over = ann.page.get_by_role("button", name="Rematch, you play O")
    turn = ann.page.locator(".status", has_text="Your turn")
    made = ann.page.get_by_role("gridcell", name=re.compile("X, move"))
    await expect(made).to_have_count(1)
    await expect(over.or_(turn).first).to_be_visible()
    assert (await ann.cells())[4] == "b2, X, move 1"
    while not await over.is_visible():
        moves = await made.count()
        await ann.page.get_by_role("gridcell", name=re.compile("empty")).first.click()
        await expect(made).to_have_count(moves + 1)
        await expect(over.or_(turn).first).to_be_visible()

    await expect(ann.page.get_by_role("heading", name="Where it turned")).to_be_visible()
    assert_quiet(ann)


async def test_a_reload_in_mid_game_keeps_who_one_is_and_how_it_stands(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, "a1", "b2")

    await ann.reload()
    await bob.reload()

    await play(ann, bob, "b1", "c3", "c1")
    await ann.sees("You win.")
    await bob.sees("wins.")
    await assert_same_board(ann, bob)
    assert_quiet(ann, bob)


async def test_a_server_that_is_killed_in_mid_game_costs_nothing(
    browser: Browser, database_url: str, tmp_path: Path
) -> None:
    async with serving(database_url, tmp_path) as host, visiting(browser, host.server.url) as visit:
        ann, bob = await visit(), await visit()
        await sit_down_together(ann, bob)
        await play(ann, bob, "a1", "b2")

        await host.kill()
        await expect(ann.page.locator(".wire")).to_have_text("No connection")
        await ann.cell("b1").click()
        await expect(ann.page.locator(".toast")).to_contain_text("Not played: no connection.")
        assert (await ann.cells())[1] == "b1, empty"
        await ann.has_moves("a1", "b2")
        await host.start()
        await ann.is_live()
        await bob.is_live()

        await ann.cell("b1").click()
        await play(bob, ann, "c3", "c1")
        await ann.sees("You win.")
        await bob.sees("wins.")
        await assert_same_board(ann, bob)
        await bob.has_moves("a1", "b2", "b1", "c3", "c1")


async def sit_down_in_public(ann: Visitor, bob: Visitor) -> str:
    """Let Ann open a game for anyone, and Bob join it in the lobby; tell Ann's name."""
    await ann.choose("Anyone")
    await ann.press("Play now")
    await ann.is_at("/game/")
    name = await ann.page.locator(".who b").last.inner_text()
    await bob.page.get_by_role("listitem").filter(has_text=name).get_by_role("button").click()
    await bob.is_at("/game/")
    return name


async def test_what_was_missed_is_caught_up_with(visit: Visiting) -> None:
    ann, bob, eve = await visit(), await visit(), await visit()
    await sit_down_in_public(ann, bob)
    await eve.go(ann.page.url)
    await play(ann, bob, "a1")
    await eve.has_moves("a1")

    await eve.page.context.set_offline(True)
    await expect(eve.page.locator(".wire")).to_have_text("No connection")
    await expect(eve.page.locator(".seat", has_text="Not known")).to_have_count(2)
    await bob.move("b2")
    await ann.move("b1")
    await bob.move("c3")
    await eve.has_moves("a1")
    await eve.page.context.set_offline(False)

    await expect(eve.page.locator(".ord")).to_have_text(["2", "1", "3"])
    await eve.sees("Caught up. 3 moves were made.")
    await eve.has_moves("a1", "b2", "b1", "c3")
    await assert_same_board(bob, ann)


async def test_who_warms_up_is_called_back_when_somebody_sits_down(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await ann.choose("A friend")
    await ann.press("Play now")
    link = f"http://{await ann.page.locator('.copy output').inner_text()}"
    await ann.press("Play the house")
    await ann.sees("Your turn")

    await bob.go(link)
    await bob.press("Sit down and play O")

    await expect(ann.page.locator(".toast")).to_contain_text("Somebody sat down. Your game is on.")
    await ann.page.get_by_role("link", name="Go there").click()
    await play(ann, bob, "b2")
    await bob.has_moves("b2")
    assert_quiet(ann, bob)


async def test_a_game_is_played_with_the_keyboard_alone(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    keyboard = ann.page.keyboard
    await ann.cell("b2").focus()

    await keyboard.press("Enter")
    await expect(ann.cell("b2")).to_have_attribute("aria-label", re.compile("X, move 1"))
    await bob.move("a2")
    await ann.sees("Your turn")
    await keyboard.press("Control+Home")
    await keyboard.press("Space")
    await bob.move("b3")
    await ann.sees("Your turn")
    for key in ("End", "PageDown", ","):
        await keyboard.press(key)
    await ann.sees("Looking back: move 3")
    for key in ("n", "l", "t", "b"):
        await keyboard.press(key)
    await expect(ann.page.get_by_role("status")).to_have_text(re.compile("Row 1: X, empty, empty."))
    await keyboard.press("Enter")

    await ann.sees("You win. a1, b2, c3 in a row.")
    await expect(ann.page.get_by_role("alert")).to_contain_text("You win. a1, b2, c3 in a row.")
    await keyboard.press("w")
    await expect(ann.page.get_by_role("log")).to_contain_text("mutation MakeMove")
    assert_quiet(ann, bob)


async def test_a_draw_is_offered_taken_back_offered_again_and_accepted(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, "a1", "b2")

    await ann.press("Offer a draw")
    await ann.press("Take back")
    await ann.sees("Your turn")
    await ann.press("Offer a draw")
    await bob.sees("offers a draw. Playing on declines it.")
    await bob.press("Accept")

    await ann.sees("A draw by agreement.")
    await bob.sees("A draw by agreement.")


async def test_a_takeback_is_asked_for_declined_and_allowed(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await ann.page.get_by_role("button", name="Take a move back").click(force=True)
    await expect(ann.page.locator(".toast")).to_contain_text("There is no move of yours")
    await play(ann, bob, "a1", "b2")

    await ann.press("Take a move back")
    await ann.sees("Asked to take a move back.")
    await ann.press("Let it stand")
    await ann.sees("Your turn")
    await ann.press("Take a move back")
    await bob.sees("asks to take a move back. Playing on declines it.")
    await bob.page.get_by_role("button", name="No", exact=True).click()
    await expect(ann.page.locator(".toast")).to_contain_text("The move stays.")
    await ann.press("Take a move back")
    await bob.press("Allow")

    await ann.has_moves()
    await expect(ann.page.get_by_role("status")).to_have_text(
        "Two moves were taken back. Your turn."
    )
    await play(ann, bob, "b1")
    await bob.has_moves("b1")
    assert_quiet(ann, bob)


async def test_resigning_takes_two_steps(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, "a1", "b2")

    await ann.press("Resign")
    await expect(ann.page.get_by_role("button", name="Keep playing")).to_be_focused()
    await ann.press("Keep playing")
    await ann.sees("Your turn")
    await ann.press("Resign")
    await ann.slot.get_by_role("button", name="Resign").click()

    await ann.sees("You resigned.")
    await bob.sees("resigned. You win.")


async def test_a_refused_move_is_told_in_words(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, "a1", "b2")

    await ann.cell("b2").click(force=True)
    await expect(ann.page.locator(".toast")).to_contain_text("b2 is taken. Your turn goes on.")
    await bob.cell("c3").click(force=True)
    await expect(bob.page.locator(".toast")).to_contain_text("Not your turn yet.")
    await ann.has_moves("a1", "b2")


async def test_whoever_watches_sees_the_moves_and_cannot_make_any(visit: Visiting) -> None:
    ann, bob, eve = await visit(), await visit(), await visit()
    name = await sit_down_in_public(ann, bob)
    await ann.sees("Your turn")

    await eve.page.get_by_role("link", name=re.compile(f"Watch {name} against")).click()
    await play(ann, bob, "a1", "b2")
    await eve.has_moves("a1", "b2")

    await eve.cell("c3").click(force=True)
    await eve.has_moves("a1", "b2")
    await expect(eve.page.get_by_role("heading", name="You are watching")).to_be_visible()
    assert await eve.page.get_by_role("button", name=re.compile("Offer|Resign")).count() == 0
    assert_quiet(ann, bob, eve)


async def test_a_game_is_replayed_and_a_link_leads_to_a_position(visit: Visiting) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    ann, bob = await visit(permissions=permissions), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, "a1", "b2", "b1", "c3", "c1")
    await ann.sees("You win.")

    await ann.press("First position")
    await expect(ann.page.locator(".cell.taken")).to_have_count(0)
    slider = ann.page.get_by_role("slider")
    await slider.press("ArrowRight")
    await slider.press("ArrowRight")
    await ann.sees("Looking back: move 2")
    assert await slider.get_attribute("aria-valuetext") == "Move 2 of 5, O b2"
    await ann.press("Share")
    link = await ann.page.evaluate("() => navigator.clipboard.readText()")

    await bob.go(link)
    await bob.sees("Looking back: move 2")
    await assert_same_board(ann, bob)
    await bob.press("To the end")
    await expect(bob.page.locator(".strike")).to_have_count(1)


async def test_a_guest_keeps_their_games_under_a_name(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, "a1", "b2", "b1", "c3", "c1")
    await ann.sees("You win.")
    game = ann.page.url

    await ann.go("/account")
    await ann.page.get_by_label("Name").fill("ann_of_the_page")
    await ann.page.get_by_label("Password").fill("correct horse")
    await ann.press("Keep my games")
    await expect(ann.page.locator(".who")).to_contain_text("ann_of_the_page")
    await ann.go("/account")
    await ann.press("Log out")
    await expect(ann.page.locator(".who")).to_contain_text("guest")

    await ann.choose("I have an account")
    await ann.page.get_by_label("Name").fill("ann_of_the_page")
    await ann.page.get_by_label("Password").fill("wrong horse")
    await ann.press("Sign in")
    await expect(ann.page.get_by_text("Name and password do not match.")).to_be_visible()
    await ann.page.get_by_label("Password").fill("correct horse")
    await ann.press("Sign in")
    await expect(ann.page.locator(".who")).to_contain_text("ann_of_the_page")
    await ann.go("/games")
    await ann.page.get_by_role("link", name=re.compile("Won against")).click()
    assert ann.page.url == game


async def test_a_session_is_renewed_before_it_ends(
    browser: Browser, database_url: str, tmp_path: Path
) -> None:
    short = {"guest_lifetime": "00:00:10"}
    async with (
        serving(database_url, tmp_path, **short) as host,
        visiting(browser, host.server.url) as visit,
    ):
        ann, bob = await visit(), await visit()
        await sit_down_together(ann, bob)
        name = await ann.page.locator(".who b").last.inner_text()

        await ann.page.evaluate(UNTIL_EXPIRED)
        await ann.is_live()

        await play(ann, bob, "a1", "b2")
        assert await ann.page.locator(".who b").last.inner_text() == name


@pytest.mark.parametrize("path", ["/game/nowhere", "/game/", "/invite/nowhere#nothing"])
async def test_an_address_that_leads_nowhere_says_so(visit: Visiting, path: str) -> None:
    ann = await visit()

    await ann.page.goto(f"{ann.url}{path}")

    await expect(ann.page.get_by_role("heading")).to_contain_text(re.compile("no such|Nothing"))


async def test_each_sees_whether_the_other_is_here_and_how_many_watch(visit: Visiting) -> None:
    ann, bob, eve = await visit(), await visit(), await visit()
    await sit_down_together(ann, bob)
    other = ann.page.locator(".seat").last
    await expect(other).to_contain_text("Here")

    await eve.go(ann.page.url)
    await expect(eve.page.get_by_role("heading", name="There is no such game.")).to_be_visible()
    await bob.page.evaluate(HIDE)
    await expect(other).to_contain_text("Away")
    await bob.page.close()

    await expect(other).to_contain_text(re.compile("Left|Cut off"))
    assert_quiet(ann, bob, eve)


async def test_who_goes_elsewhere_has_left_the_game(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    other = ann.page.locator(".seat").last
    await expect(other).to_contain_text("Here")

    await bob.page.get_by_role("link", name="My games").click()

    await expect(other).to_contain_text(re.compile(r"Left \d+ s"))


HIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""What a browser does with a page that is not looked at."""
