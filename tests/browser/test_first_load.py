"""What the page weighs, and how it is served. No browser is needed."""

import gzip
import re
from pathlib import Path

import pytest
from starlette.responses import Response

from tests.e2e.servers import client_of
from xogql.api.bundles import WEB
from xogql.api.page import ADDRESSES, Page

BUNDLE = WEB / "page"
MOST = 200_000
"""Bytes of a first load, compressed."""


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """A bundle of one script."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text('<script src="/assets/main-1a2b.js"></script>')
    (tmp_path / "assets" / "main-1a2b.js.gz").write_bytes(gzip.compress(b"play()"))
    return Page(tmp_path)


def policy(response: Response) -> dict[str, str]:
    directives = response.headers["content-security-policy"].split("; ")
    return {name: rest for name, _, rest in (each.partition(" ") for each in directives)}


def test_a_first_load_is_small() -> None:
    weights = {each.name: each.stat().st_size for each in BUNDLE.glob("assets/*")}
    assert weights, "The page is not built: make web"

    whole = sum(weights.values()) + len((BUNDLE / "index.html").read_bytes())
    assert whole < MOST, weights


def test_no_script_or_style_is_written_into_the_document() -> None:
    document = (BUNDLE / "index.html").read_text()

    assert not re.search(r"<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=|https?:", document)


def test_the_page_may_reach_nothing_but_the_server(page: Page) -> None:
    document = page.document()

    allowed = policy(document)
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    assert allowed["script-src"] == allowed["style-src"] == allowed["connect-src"] == "'self'"
    assert not [each for each in allowed.values() if ":" in each or "*" in each or "unsafe" in each]
    assert document.headers["cache-control"] == "no-store"
    assert document.headers["x-content-type-options"] == "nosniff"


def test_an_asset_is_kept_for_ever(page: Page) -> None:
    asset = page.asset("main-1a2b.js")

    assert asset.status_code == 200
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-encoding"] == "gzip"
    assert policy(asset) == {"default-src": "'none'"}


@pytest.mark.parametrize("name", ["main-1a2b.js.gz", "../index.html", "index.html", "", "%2e"])
def test_there_is_nothing_else_to_get(page: Page, name: str) -> None:
    assert page.asset(name).status_code == 404


def test_without_a_bundle_the_page_says_how_to_make_it(tmp_path: Path) -> None:
    document = Page(tmp_path).document()

    assert document.status_code == 503
    assert b"make web" in document.body


async def test_every_screen_has_the_same_document(server_url: str) -> None:
    async with client_of(server_url) as http:
        answers = [
            await http.get(each.replace("{rest:path}", "game-1/2"), headers={"accept": "*/*"})
            for each in ADDRESSES
        ]
        missing = await http.get("/nowhere")

    assert {each.status_code for each in answers} == {200}
    assert len({each.text for each in answers}) == 1
    assert missing.status_code == 404
