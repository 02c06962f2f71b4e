"""The page where people play: `make web` bundles it into the package.

It is a client like any other. All of it comes from the server's own origin, and it may reach
nothing else; no script or style is written into it.
"""

from pathlib import Path

from starlette.responses import HTMLResponse, Response

from xogql.api.bundles import HEADERS, WEB, Bundle, not_built

ADDRESSES = ("/", "/game/{rest:path}", "/invite/{rest:path}", "/watch", "/games", "/account")
"""Where its screens are: the same document, which looks at its own address."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)


class Page:
    """Serves the page from the *bundle*'s folder."""

    def __init__(self, bundle: Path = WEB / "page") -> None:
        self._bundle = Bundle(bundle)

    def document(self) -> Response:
        """Give the page; or say how to build it."""
        if self._bundle.html is None:
            return not_built("The page")
        headers = {"cache-control": "no-store", "content-security-policy": _POLICY}
        return HTMLResponse(self._bundle.html, headers=HEADERS | headers)

    def asset(self, name: str) -> Response:
        """Give what the page loads."""
        return self._bundle.asset(name)
