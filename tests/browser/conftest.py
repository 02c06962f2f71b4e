"""A server, and a browser that reaches nothing else."""

import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Protocol

import pytest
from playwright.async_api import Browser, ViewportSize, async_playwright

from tests.browser.visitor import Visitor
from tests.browser.windows import Window
from tests.conftest import drop_database, new_database
from tests.e2e.servers import running
from xogql.api.bundles import WEB
from xogql.api.ide import BUNDLE

Opening = Callable[[], Awaitable[Window]]


class Visiting(Protocol):
    """Lets one more person come to the page, with a browser of their own."""

    async def __call__(self, path: str = "/", /, **how: Any) -> Visitor: ...


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("There is no Chromium to open pages with: apt-get install chromium")
    arguments = [
        "--no-sandbox",  # Chromium has none of its own for root
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
async def server_url(
    cluster_url: str, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[str]:
    database_url = await new_database(cluster_url, template_database)
    async with running(database_url, tmp_path_factory.mktemp("graphiql")) as server:
        yield server.url
    await drop_database(cluster_url, database_url)


@pytest.fixture
async def open_window(browser: Browser, server_url: str) -> AsyncGenerator[Opening]:
    """Open GraphiQL in one more window of the browser."""
    assert (BUNDLE / "index.html").is_file(), "GraphiQL is not built: make web"
    screen, clipboard = ViewportSize(width=1400, height=900), ["clipboard-read", "clipboard-write"]
    async with await browser.new_context(viewport=screen, permissions=clipboard) as context:
        yield partial(Window.opened, context, server_url)


@pytest.fixture
async def visit(browser: Browser, server_url: str) -> AsyncGenerator[Visiting]:
    async with visiting(browser, server_url) as visit:
        yield visit


@asynccontextmanager
async def visiting(browser: Browser, url: str) -> AsyncGenerator[Visiting]:
    """Open browsers at a server; they are closed after the block."""
    assert (WEB / "page" / "index.html").is_file(), "The page is not built: make web"
    come: list[Visitor] = []

    async def visit(path: str = "/", /, **how: Any) -> Visitor:
        come.append(await Visitor.come(browser, url, path, **how))
        return come[-1]

    try:
        yield visit
    finally:
        for each in come:
            await each.page.context.close()
