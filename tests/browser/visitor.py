"""Somebody at the page: what they do, and what they see."""

import re
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
NARROW = PHONE | {"viewport": {"width": 320, "height": 640}}


@dataclass  # not frozen: playwright notes on it who listens
class Visitor:
    """One browser of one person. *complaints*: what its console shows in red or yellow.

    *asked*: every address it has asked.
    """

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @classmethod
    async def come(cls, browser: Browser, url: str, path: str = "/", **how: Any) -> Self:
        """Open the page in a browser that knows nothing yet."""
        screen = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
        context = await browser.new_context(**(screen | how))
        return await cls.in_tab(context, url, path)

    @classmethod
    async def in_tab(cls, context: BrowserContext, url: str, path: str = "/") -> Self:
        """Open the page in one more tab of a browser."""
        visitor = cls(await context.new_page(), url)
        visitor.page.on("console", lambda said: visitor._note(said.type, said.text))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.on("request", lambda request: visitor.asked.append(request.url))
        visitor.page.on("websocket", lambda socket: visitor.asked.append(f"http{socket.url[2:]}"))
        await visitor.go(path)
        return visitor

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    @property
    def strangers(self) -> list[str]:
        """Give the addresses asked that are not the server's."""
        return [each for each in self.asked if not each.startswith(f"{self.url}/")]

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.url}{path}" if path.startswith("/") else path)
        await self.is_live()

    async def reload(self) -> None:
        await self.page.reload()
        await self.is_live()

    async def is_live(self) -> None:
        await expect(self.page.locator(".wire")).to_contain_text(re.compile("Live|Back"))

    async def press(self, button: str) -> None:
        await self.page.get_by_role("button", name=button).click()

    async def choose(self, *options: str) -> None:
        """Choose by keyboard: the labels lie over what they name."""
        for each in options:
            await self.page.get_by_role("radio", name=each).press("Space")

    def cell(self, name: str) -> Locator:
        """Give a cell by its name; at home too, where one's first move is made."""
        return self.page.get_by_role("gridcell", name=re.compile(f"^{name}, "))

    @property
    def slot(self) -> Locator:
        """What stands between the seats and the board."""
        return self.page.locator(".status, .banner").first

    async def sees(self, words: str) -> None:
        await expect(self.slot).to_contain_text(words)

    async def move(self, cell: str) -> None:
        """Wait for one's turn, and write there."""
        await self.sees("Your turn")
        await self.cell(cell).click()
        await expect(self.cell(cell)).to_have_class(re.compile("taken"))

    async def cells(self) -> list[str]:
        """Tell the whole board, cell by cell, as a screen reader does."""
        every = await self.page.get_by_role("gridcell").all()
        return [await each.get_attribute("aria-label") or "" for each in every]

    async def has_moves(self, *cells: str) -> None:
        """Wait until so many moves are listed, and no others."""
        listed = self.page.locator(".moves button:enabled")
        await expect(listed).to_have_count(len(cells))
        names = [await each.inner_text() for each in await listed.all()]
        assert [name.replace("?", "").split()[-1] for name in names] == list(cells)

    async def is_at(self, path: str) -> None:
        await expect(self.page).to_have_url(re.compile(path))


async def play(x: Visitor, o: Visitor, *cells: str) -> None:
    """Let two visitors move in turn."""
    for turn, cell in enumerate(cells):
        await (x, o)[turn % 2].move(cell)


async def sit_down_together(ann: Visitor, bob: Visitor, *rules: str) -> None:
    """Ann opens a game for a friend, and Bob sits down by her link: she plays X."""
    await ann.choose("A friend", *rules)
    await ann.press("Play now")
    await bob.go(f"http://{await ann.page.locator('.copy output').inner_text()}")
    await bob.press("Sit down and play O")
    await ann.sees("Your turn")
