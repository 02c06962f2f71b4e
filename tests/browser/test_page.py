"""The page as it is served, and the documents in its tabs. No browser is needed."""

import gzip
from pathlib import Path

import pytest
from graphql import parse, validate
from starlette.responses import Response

from xogql.api.ide import Playground
from xogql.api.schema import EXECUTABLE

TABS = sorted((Path(__file__).parents[2] / "web/graphiql/src/tabs").glob("*.graphql"))


@pytest.fixture
def playground(tmp_path: Path) -> Playground:
    """A bundle of one script."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text('<meta nonce="NONCE"><script src="x"></script>')
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "assets" / "main-1a2b.js.gz").write_bytes(gzip.compress(b"play()"))
    return Playground(tmp_path)


def policy(response: Response) -> dict[str, str]:
    directives = response.headers["content-security-policy"].split("; ")
    return {name: rest for name, _, rest in (each.partition(" ") for each in directives)}


def test_the_page_may_reach_nothing_but_the_server(playground: Playground) -> None:
    page = playground.page()

    allowed = policy(page)
    assert allowed["default-src"] == allowed["frame-ancestors"] == "'none'"
    assert allowed["script-src"] == allowed["connect-src"] == allowed["worker-src"] == "'self'"
    assert not [each for each in allowed.values() if "http" in each or "*" in each]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_each_page_has_a_nonce_of_its_own(playground: Playground) -> None:
    pages = [playground.page() for _ in range(2)]

    nonces = [policy(each)["style-src"].partition("'nonce-")[2].rstrip("'") for each in pages]
    assert len({*nonces, "", "NONCE"}) == 4
    for page, nonce in zip(pages, nonces, strict=True):
        assert f'nonce="{nonce}"'.encode() in bytes(page.body)


def test_an_asset_is_kept_for_ever(playground: Playground) -> None:
    asset = playground.asset("main-1a2b.js")

    assert asset.status_code == 200
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-type"].startswith("text/javascript")
    assert asset.headers["content-encoding"] == "gzip"
    assert policy(asset) == {"default-src": "'none'", "script-src": "'self'"}


@pytest.mark.parametrize("name", ["main-1a2b.js.gz", "../secret.txt", "secret.txt", "", "%2e"])
def test_there_is_nothing_else_to_get(playground: Playground, name: str) -> None:
    assert playground.asset(name).status_code == 404


def test_without_a_bundle_the_page_says_how_to_make_it(tmp_path: Path) -> None:
    page = Playground(tmp_path).page()

    assert page.status_code == 503
    assert b"make web" in page.body


@pytest.mark.parametrize("tab", TABS, ids=lambda path: path.stem)
def test_the_document_of_a_tab_is_valid(tab: Path) -> None:
    assert validate(EXECUTABLE, parse(tab.read_text())) == []
