"""Which pages may use the server from a browser: its own, and those that an operator names."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers


def may_open(headers: Headers, allowed: Collection[str]) -> bool:
    """Tell whether a socket may be opened from there: a browser says where the page is from.

    Without this any page could open one in the name of who looks at it (OWASP, cross-site
    WebSocket hijacking). Programs send no `Origin`.
    """
    origin = headers.get("origin")
    if origin is None or "*" in allowed or origin in allowed:
        return True
    return urlsplit(origin).netloc == headers.get("host")
