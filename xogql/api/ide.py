"""GraphiQL: a page and its assets, which `make web` bundles into the package.

All of it comes from the server's own origin, and the page may reach nothing else.
"""

from pathlib import Path
from secrets import token_urlsafe

from starlette.responses import HTMLResponse, Response

from xogql.api.bundles import HEADERS, WEB, Bundle, not_built

BUNDLE = WEB / "graphiql"

_NONCE = "NONCE"
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


class Playground:
    """Serves GraphiQL from the *bundle*'s folder."""

    def __init__(self, bundle: Path = BUNDLE) -> None:
        self._bundle = Bundle(bundle, policy="default-src 'none'; script-src 'self'")

    def page(self) -> Response:
        """Give the page, with a nonce of its own; or say how to build it."""
        if self._bundle.html is None:
            return not_built("GraphiQL")
        nonce = token_urlsafe(16)
        headers = {
            "cache-control": "no-store",
            "content-security-policy": _PAGE_POLICY.replace(_NONCE, nonce),
            "vary": "Accept",
        }
        return HTMLResponse(self._bundle.html.replace(_NONCE, nonce), headers=HEADERS | headers)

    def asset(self, name: str) -> Response:
        """Give what the page loads."""
        return self._bundle.asset(name)
