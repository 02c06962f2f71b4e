"""`python -m tests.browser.screenshots FOLDER`: pictures of games that are played for them."""

import asyncio
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from tests.browser.visitor import Visitor, play, sit_down_together
from tests.e2e.servers import running
from xogql.embedded import EmbeddedPostgres
from xogql.upkeep import migrate_database

SCREEN = ViewportSize(width=1120, height=800)
TALL = ViewportSize(width=1120, height=1140)
PHONE: dict[str, Any] = {
    "viewport": ViewportSize(width=360, height=740),
    "has_touch": True,
    "color_scheme": "dark",
}


async def picture(visitor: Visitor, name: Path) -> None:
    await visitor.page.screenshot(path=name.with_suffix(".png"), animations="disabled")


async def take(folder: Path, url: str, browser: Browser) -> None:
    """Play a few games, and take pictures on the way."""
    ann, *others = [await Visitor.come(browser, url, viewport=SCREEN) for _ in range(9)]
    await on_the_phone(folder, await Visitor.come(browser, url, **PHONE), others.pop())
    await a_lively_lobby(others)
    await expect(ann.page.get_by_role("button", name="Join")).to_have_count(3)
    await expect(ann.page.locator(".watch a")).to_have_count(2)
    await ann.page.set_viewport_size(TALL)
    await picture(ann, folder / "lobby")
    await ann.page.set_viewport_size(SCREEN)
    await a_game(folder, ann, others[0])


async def on_the_phone(folder: Path, ann: Visitor, bob: Visitor) -> None:
    await sit_down_together(ann, bob, "15×15")
    await play(ann, bob, "h8", "h7", "i7", "g9", "j6", "i8", "k5", "l4", "i6", "k6")
    await ann.sees("Your turn")
    await ann.cell("i9").tap()
    await picture(ann, folder / "phone")


async def a_lively_lobby(visitors: list[Visitor]) -> None:
    """Let two games be played and three wait."""
    await sit_down_in_public(visitors[0], visitors[1], "6×6")
    await play(visitors[0], visitors[1], "c3", "c4", "d3", "b3", "d4", "e5", "d2")
    await sit_down_in_public(visitors[2], visitors[3], "3×3")
    await play(visitors[2], visitors[3], "b2", "a1", "c1")
    for waiting, rules in zip(visitors[4:], ("3×3", "15×15", "6×6"), strict=True):
        await waiting.choose("Anyone", rules)
        await waiting.press("Play now")
        await waiting.sees("Waiting for someone")


async def a_game(folder: Path, ann: Visitor, bob: Visitor) -> None:
    await bob.go("/")
    await sit_down_together(ann, bob)
    await play(ann, bob, "b2", "b1", "a1", "c3")
    await ann.sees("Your turn")
    await ann.cell("c1").hover()
    await picture(ann, folder / "game")
    await play(ann, bob, "a3", "a2", "c1")
    await ann.sees("You win.")
    await expect(ann.page.get_by_role("button", name="Show me")).to_be_visible()
    await picture(ann, folder / "end")
    await ann.press("Show me")
    await ann.sees("Looking back: move 2")
    await picture(ann, folder / "replay")


async def sit_down_in_public(opener: Visitor, joiner: Visitor, rules: str) -> None:
    """Let one open a public game and another join it from the lobby."""
    await opener.choose("Anyone", rules)
    await opener.press("Play now")
    name = await opener.page.locator(".who b").last.inner_text()
    row = joiner.page.get_by_role("listitem").filter(has_text=re.compile(re.escape(name)))
    await row.get_by_role("button").click()
    await opener.sees("Your turn")


async def main(folder: Path) -> None:
    """Serve on a database of its own."""
    with TemporaryDirectory() as here, EmbeddedPostgres(Path(here) / "postgres") as embedded:
        await migrate_database(embedded.url)
        async with (
            running(embedded.url, Path(here) / "server") as server,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            await take(folder, server.url, browser)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
