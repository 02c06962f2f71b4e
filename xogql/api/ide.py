"""GraphiQL: a page and its assets, which `make web` bundles into the package.

All of it comes from the server's own origin, and the page may reach nothing else.
"""

from http import HTTPStatus
from pathlib import Path
from secrets import token_urlsafe

from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

BUNDLE = Path(__file__).parents[1] / "web" / "graphiql"

_NOT_BUILT = "GraphiQL is not built: run `make web` and start the server anew.\n"
_NONCE = "NONCE"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

_PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src data:",  # Monaco's icons are a font within its style sheet
        f"style-src 'self' 'nonce-{_NONCE}'",  # Monaco writes its theme into <style>
        "style-src-attr 'unsafe-inline'",  # and places each line by a style attribute
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_ASSET_HEADERS = _HEADERS | {
    "cache-control": "public, max-age=31536000, immutable",  # its name has a hash of what it holds
    "content-encoding": "gzip",
    "content-security-policy": "default-src 'none'; script-src 'self'",  # what a worker may do
}


class Playground:
    """Serves GraphiQL from the *bundle*'s folder."""

    def __init__(self, bundle: Path = BUNDLE) -> None:
        page = bundle / "index.html"
        self._page = page.read_text(encoding="utf-8") if page.is_file() else None
        self._assets = {path.stem: path for path in bundle.glob("assets/*.gz")}

    def page(self) -> Response:
        """Give the page, with a nonce of its own; or say how to build it."""
        if self._page is None:
            return PlainTextResponse(_NOT_BUILT, HTTPStatus.SERVICE_UNAVAILABLE, _HEADERS)
        nonce = token_urlsafe(16)
        headers = {
            "cache-control": "no-store",
            "content-security-policy": _PAGE_POLICY.replace(_NONCE, nonce),
            "vary": "Accept",
        }
        return HTMLResponse(self._page.replace(_NONCE, nonce), headers=_HEADERS | headers)

    def asset(self, name: str) -> Response:
        """Give what the page loads. All of it is kept compressed, which every browser reads."""
        if (path := self._assets.get(name)) is None:
            return PlainTextResponse("Not found\n", HTTPStatus.NOT_FOUND, _HEADERS)
        return FileResponse(
            path, headers=_ASSET_HEADERS, media_type=_TYPES[path.with_suffix("").suffix]
        )
