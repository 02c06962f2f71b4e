"""What `make web` has built: a page and its assets, which are kept compressed."""

from http import HTTPStatus
from pathlib import Path

from starlette.responses import FileResponse, PlainTextResponse, Response

WEB = Path(__file__).parents[1] / "web"

HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Bundle:
    """A *folder* with an `index.html` and what that loads.

    *policy*: what an asset may do that runs by itself, as a worker does.
    """

    def __init__(self, folder: Path, *, policy: str = "default-src 'none'") -> None:
        page = folder / "index.html"
        self.html = page.read_text(encoding="utf-8") if page.is_file() else None
        self._assets = {path.stem: path for path in folder.glob("assets/*.gz")}
        self._headers = HEADERS | {
            "cache-control": "public, max-age=31536000, immutable",  # its name has a hash
            "content-encoding": "gzip",
            "content-security-policy": policy,
        }

    def asset(self, name: str) -> Response:
        """Give what the page loads. All of it is kept compressed, which every browser reads."""
        if (path := self._assets.get(name)) is None:
            return PlainTextResponse("Not found\n", HTTPStatus.NOT_FOUND, HEADERS)
        kind = _TYPES[path.with_suffix("").suffix]
        return FileResponse(path, headers=self._headers, media_type=kind)


def not_built(what: str) -> Response:
    """Say how a page is built that is not there."""
    text = f"{what} is not built: run `make web` and start the server anew.\n"
    return PlainTextResponse(text, HTTPStatus.SERVICE_UNAVAILABLE, HEADERS)
