"""Windows of a browser with GraphiQL in them, used as a person uses them."""

import json
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.async_api import BrowserContext, Locator, Page, WebSocket, expect

expect.set_options(timeout=30_000)


@dataclass  # not frozen: playwright notes on it who listens
class Window:
    """One window. *complaints*: what its console shows in red or yellow.

    *asked*: every address it has asked. *introductions*: what its sockets said who they were.
    """

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    introductions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def strangers(self) -> list[str]:
        """Give the addresses asked that are not the server's."""
        return [each for each in self.asked if not each.startswith(f"{self.url}/")]

    @classmethod
    async def opened(cls, context: BrowserContext, url: str) -> Self:
        window = cls(await context.new_page(), url)
        window._watch()
        await window.load()
        return window

    async def duplicate(self) -> "Window":
        """Open another one that has what this one has, as "Duplicate tab" does."""
        async with self.page.expect_popup() as popup:
            await self.page.evaluate("() => void window.open('')")
        window = Window(await popup.value, self.url)
        window._watch()
        await window.load()
        return window

    def _watch(self) -> None:
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", self._listen)

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _listen(self, socket: WebSocket) -> None:
        self.asked.append(socket.url.replace("ws", "http", 1))
        socket.on("framesent", lambda frame: self._note_frame(json.loads(frame)))

    def _note_frame(self, message: dict[str, Any]) -> None:
        if message["type"] == "connection_init":
            self.introductions.append(message["payload"])

    async def load(self) -> None:
        """Go to the page, and wait for the editors of query, variables and answer."""
        await self.page.goto(f"{self.url}/graphql")
        await expect(self.page.locator(".view-lines:visible")).to_have_count(3)

    def pane(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)

    async def press(self, button: str) -> None:
        await self.page.bring_to_front()  # what is hidden is drawn once a second
        await self.page.get_by_role("button", name=button).click()

    async def go_to(self, tab: str) -> None:
        await self.page.bring_to_front()
        await self.page.get_by_role("tab").get_by_role("button", name=tab).click()

    async def write(self, pane: str, value: object) -> None:
        """Paste something else into the variables or the headers."""
        await self.press(pane)
        await self.pane(pane).locator(".view-lines:visible").click()
        await self.page.evaluate("text => navigator.clipboard.writeText(text)", json.dumps(value))
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.press("Control+V")

    async def run(self, *shown: str) -> None:
        """Press the button and see the answer."""
        await self.press("Execute query")
        await self.sees(*shown)

    async def sees(self, *shown: str) -> None:
        await self.page.bring_to_front()
        for each in shown:
            await expect(self.pane("Result Window")).to_contain_text(each, use_inner_text=True)
