"""What might have been: a position of a game that is over, tried out against the house."""

import re

from playwright.async_api import Locator, expect

from tests.browser.conftest import Visiting
from tests.browser.visitor import Visitor, play, sit_down_together

LOST = ("b2", "b1", "a1", "c3", "a3", "a2", "c1")
"""O answers the centre at an edge, where X has won: every corner would have held."""

OPENED_FOR_ANYONE = """async (version) => {
  const { accessToken } = JSON.parse(localStorage.getItem("xogql.session"));
  const gameId = location.pathname.split("/").at(-1);
  const query = `mutation($input: CreateGameInput!) {
    createGame(input: $input) { ... on CreateGameSuccess { game { id } } } }`;
  const answer = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ query, variables: { input: { from: { gameId, version } } } }),
  });
  return (await answer.json()).data.createGame.game.id;
}"""
"""The page opens positions against the house alone: others may open them for anyone."""


def trying(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("button", name="Try it from here")


async def over(visit: Visiting) -> tuple[Visitor, Visitor]:
    """Give who has won, and who has lost."""
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, *LOST)
    await ann.sees("You win.")
    await bob.sees("wins.")
    return ann, bob


async def look_back(visitor: Visitor, move: int) -> None:
    await visitor.press("First position")
    for _ in range(move):
        await visitor.press("One on")
    await visitor.sees(f"Looking back: move {move}")


async def played_to_the_end(visitor: Visitor) -> None:
    """Fill the first free cell, again and again."""
    over = visitor.page.get_by_role("button", name=re.compile("^Rematch, you play"))
    turn = visitor.page.locator(".status", has_text="Your turn")
    taken = visitor.page.locator(".cell.taken")
    await expect(over.or_(turn).first).to_be_visible()
    while not await over.is_visible():
        before = await taken.count()
        await visitor.page.get_by_role("gridcell", name=re.compile("empty")).first.click()
        await expect(taken).not_to_have_count(before)
        await expect(over.or_(turn).first).to_be_visible()


async def test_what_would_have_held_is_tried_out_against_the_house(visit: Visiting) -> None:
    _, bob = await over(visit)
    game = bob.page.url

    await bob.press("Show me")
    await bob.sees("Looking back: move 2")
    await expect(bob.page.get_by_text("You play O against the house, hard.")).to_be_visible()
    await trying(bob).click()

    await bob.sees("Your turn. Place an O.")
    assert bob.page.url != game
    await bob.has_moves("b2")
    await expect(bob.page.locator(".seat", has_text="The house")).to_be_visible()
    await bob.move("a1")
    await expect(bob.page.get_by_role("gridcell", name=re.compile("X, move 3"))).to_have_count(1)
    await played_to_the_end(bob)
    await expect(bob.page.get_by_role("heading", name="Where it turned")).to_be_visible()
    await bob.page.get_by_role("link", name="another game").click()
    await bob.is_at(re.escape(game))
    assert bob.complaints == []
    assert bob.strangers == []


async def test_any_position_is_tried_out_as_it_is_shown(visit: Visiting) -> None:
    ann, _ = await over(visit)

    await look_back(ann, 4)
    board = [each.split(",")[:2] for each in await ann.cells()]
    await trying(ann).click()

    await ann.sees("Your turn. Place an X.")
    await ann.has_moves(*LOST[:4])
    await expect(ann.page.get_by_text("The first 4 moves are from another game.")).to_be_visible()
    assert [each.split(",")[:2] for each in await ann.cells()] == board
    assert ann.complaints == []


async def test_a_game_that_goes_on_gives_nothing_to_try_out(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    await sit_down_together(ann, bob)
    await play(ann, bob, *LOST[:6])
    await look_back(ann, 2)

    assert await trying(ann).count() == 0
    await ann.press("To now")
    await ann.move("c1")
    await ann.sees("You win.")
    await expect(ann.page.get_by_role("heading", name="Where it turned")).to_be_visible()
    assert await trying(ann).count() == 0
    await ann.press("One back")
    await expect(trying(ann)).to_be_visible()


async def test_it_is_called_off_until_both_have_moved_in_it(visit: Visiting) -> None:
    ann, _ = await over(visit)
    await look_back(ann, 4)

    await trying(ann).click()
    await ann.sees("Your turn")
    await ann.press("Call it off")
    await ann.slot.get_by_role("button", name="Call it off").click()

    await ann.sees("This game was called off.")
    await look_back(ann, 3)
    assert await trying(ann).count() == 0  # that position is of the first game


async def test_who_joins_a_game_from_a_position_knows(visit: Visiting) -> None:
    ann, bob = await over(visit)
    opened = await ann.page.evaluate(OPENED_FOR_ANYONE, 5)
    eve = await visit()

    row = eve.page.get_by_role("listitem").filter(has_text="Begins after move 3.")
    await expect(row).to_have_count(1)
    await ann.go(f"/game/{opened}")
    await expect(ann.page.get_by_text("after move 3 of another game")).to_be_visible()
    await bob.go(f"/game/{opened}")
    await bob.press("Sit down and play X")

    await bob.sees("is to move.")
    await ann.sees("Your turn. Place an O.")
    await bob.has_moves(*LOST[:3])
