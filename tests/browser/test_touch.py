"""Under a finger: what one tap does, and that no press is lost."""

import json
import re
from typing import Self

from playwright.async_api import Locator, WebSocketRoute, expect

from tests.browser.conftest import Visiting
from tests.browser.visitor import NARROW, PHONE, Visitor, sit_down_together


async def centre(of: Locator) -> tuple[float, float]:
    box = await of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def test_a_small_cell_is_aimed_at_before_it_is_played_by_touch(visit: Visiting) -> None:
    ann, bob = await visit(**PHONE), await visit()
    await sit_down_together(ann, bob, "15×15")

    await ann.cell("h8").tap()
    await expect(ann.page.get_by_role("button", name="Place X at h8")).to_be_visible()
    assert (await ann.cell("h8").get_attribute("aria-label")) == "h8, empty, aimed at"
    await ann.press("Aim right")
    await ann.press("Aim up")
    await ann.press("Place X at i7")
    await ann.has_moves("i7")
    await bob.move("h8")
    await ann.sees("Your turn")
    await ann.cell("j6").tap()
    await ann.has_moves("i7", "h8")
    await ann.cell("j6").tap()

    await bob.has_moves("i7", "h8", "j6")


async def test_a_large_cell_is_played_by_one_tap(visit: Visiting) -> None:
    ann, bob = await visit(**PHONE), await visit()
    await sit_down_together(ann, bob)

    await ann.cell("b2").tap()

    await bob.has_moves("b2")


async def test_a_tap_counts_though_the_mark_in_pencil_under_it_goes(visit: Visiting) -> None:
    """A mouse that rests on a cell shows the mark there, which goes when a finger comes.

    No click comes of a press that begins on what is gone by its end.
    """
    ann, bob = await visit(**PHONE), await visit()
    await sit_down_together(ann, bob)
    x, y = await centre(ann.cell("b2"))
    pencil = ann.cell("b2").locator(".ghost")
    await ann.page.mouse.move(x, y)
    await expect(pencil).to_have_count(1)

    pressed = "([x, y]) => document.elementFromPoint(x, y).getAttribute('role')"
    assert await ann.page.evaluate(pressed, [x, y]) == "gridcell"
    await ann.cell("b2").tap()

    await bob.has_moves("b2")


async def test_what_touches_the_edge_of_a_small_cell_means_the_one_aimed_at(
    visit: Visiting,
) -> None:
    ann, bob = await visit(**PHONE), await visit()
    await sit_down_together(ann, bob, "15×15")
    box = await ann.cell("h8").bounding_box()
    assert box is not None
    left, middle = box["x"] + 1, box["y"] + box["height"] / 2

    await ann.page.touchscreen.tap(left, middle)
    await expect(ann.page.get_by_role("button", name="Place X at h8")).to_be_visible()
    await ann.cell("g8").tap()
    await ann.page.touchscreen.tap(left, middle)

    await bob.has_moves("g8")


async def test_a_tap_on_a_small_cell_that_is_taken_is_told(visit: Visiting) -> None:
    ann, bob = await visit(**PHONE), await visit()
    await sit_down_together(ann, bob, "15×15")
    await ann.cell("h8").tap()
    await ann.press("Place X at h8")
    await bob.move("h7")
    await ann.sees("Your turn")

    await ann.cell("h7").tap(force=True)

    await expect(ann.page.locator(".toast")).to_contain_text("h7 is taken.")


async def set_touch(visitor: Visitor, when: str) -> None:
    await visitor.press("Touch")
    await visitor.choose(when)
    await visitor.press("Close")


async def test_who_always_aims_first_does_so_on_large_cells_too(visit: Visiting) -> None:
    ann, bob = await visit(**PHONE), await visit()
    await set_touch(ann, "Always")
    await ann.reload()
    await sit_down_together(ann, bob)

    await ann.cell("b2").tap()
    await expect(ann.page.get_by_role("button", name="Place X at b2")).to_be_visible()
    await ann.has_moves()
    await ann.cell("b2").tap()

    await bob.has_moves("b2")


async def test_who_never_aims_plays_small_cells_by_one_tap(visit: Visiting) -> None:
    ann, bob = await visit(**PHONE), await visit()
    await set_touch(ann, "Never")
    await sit_down_together(ann, bob, "15×15")
    await expect(ann.page.get_by_role("button", name="Aim first")).to_have_count(0)

    await ann.cell("h8").tap()

    await bob.has_moves("h8")


async def test_a_game_that_is_begun_far_down_is_seen_from_its_top(visit: Visiting) -> None:
    ann = await visit(**NARROW)
    await ann.choose("The house", "Easy")

    await ann.press("Play now")

    await expect(ann.page.get_by_role("heading", name="Moves")).to_be_attached()
    await expect(ann.slot).to_be_in_viewport()


async def test_who_goes_back_is_where_they_were(visit: Visiting) -> None:
    ann = await visit(**NARROW)
    await ann.choose("The house", "Easy")
    button = ann.page.get_by_role("button", name="Play now")
    await button.click()
    await expect(ann.page.get_by_role("heading", name="Moves")).to_be_attached()
    await expect(ann.slot).to_be_in_viewport()

    await ann.page.go_back()

    await expect(button).to_be_in_viewport()


class Holding:
    """Stands between a visitor and the server, and can hold what they are told of operations."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._names: dict[str, str] = {}
        self._said: list[str] = []
        self._visitor: WebSocketRoute | None = None

    @classmethod
    async def before(cls, visitor: Visitor) -> Self:
        holding = cls()
        await visitor.page.route_web_socket(re.compile("/graphql"), holding._stand_between)
        await visitor.reload()
        return holding

    def _stand_between(self, visitor: WebSocketRoute) -> None:
        self._visitor, server = visitor, visitor.connect_to_server()
        visitor.on_message(lambda said: self._ask(str(said), server))
        server.on_message(lambda said: self._tell(str(said), visitor))

    def _ask(self, said: str, server: WebSocketRoute) -> None:
        message = json.loads(said)
        if message["type"] == "subscribe":
            found = re.search(r"(?:mutation|subscription) (\w+)", message["payload"]["query"])
            self._names[message["id"]] = found.group(1) if found else ""
        server.send(said)

    def _tell(self, said: str, visitor: WebSocketRoute) -> None:
        if self._names.get(json.loads(said).get("id")) in self._held:
            self._said.append(said)
        else:
            visitor.send(said)

    def hold(self, *operations: str) -> None:
        self._held.update(operations)

    def let_go(self) -> None:
        assert self._visitor is not None
        self._held.clear()
        for each in self._said:
            self._visitor.send(each)


async def test_a_move_is_made_before_the_last_one_is_answered(visit: Visiting) -> None:
    """The event says first that it stands, and the other player may be as quick."""
    ann, bob = await visit(), await visit()
    wire = await Holding.before(ann)
    await sit_down_together(ann, bob)
    wire.hold("MakeMove")
    await ann.cell("b2").click()
    await bob.move("a1")
    await ann.sees("Your turn")

    await ann.cell("c3").click()

    await bob.has_moves("b2", "a1", "c3")
    wire.let_go()
    await bob.move("a2")
    await ann.has_moves("b2", "a1", "c3", "a2")


async def test_a_press_while_a_move_is_under_way_is_told(visit: Visiting) -> None:
    ann, bob = await visit(), await visit()
    wire = await Holding.before(ann)
    await sit_down_together(ann, bob)
    wire.hold("MakeMove", "GameEvents", "MyGames")
    await ann.cell("b2").click()
    await bob.has_moves("b2")

    await ann.cell("c3").click(force=True)

    await expect(ann.page.locator(".toast")).to_contain_text("Not played: X at b2 is on its way.")
    wire.let_go()
    await expect(ann.cell("b2")).to_have_class(re.compile("taken"))
