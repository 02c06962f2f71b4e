"""HTTP requests: methods, addresses, headers and bodies, good and bad, in any mixture."""

import json
from functools import cache
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

from tests.fuzz.documents import requests
from tests.fuzz.http_client import Sent
from tests.fuzz.values import TEXTS, bodies

_JSON = b"application/json"
_METHODS = st.sampled_from(
    [b"POST"] * 12 + [b"GET"] * 6 + [b"HEAD", b"OPTIONS", b"PUT", b"DELETE", b"TRACE", b"NONSENSE"]
)
_PATHS = st.one_of(
    st.sampled_from(["/graphql"] * 10),
    st.sampled_from(
        ["/", "/healthz", "/readyz", "/graphql/", "/graphql/assets/x", "/graphql/assets/../x",
         "/docs", "/openapi.json", "//", "*", "http://there/graphql", "/%ff%00", "/graphql%2f"]
    ),
    TEXTS.map(lambda text: "/" + quote(text, errors="surrogatepass")),
)  # fmt: skip
_VALUES = st.binary(max_size=40).map(
    lambda raw: bytes(byte for byte in raw if byte not in b"\r\n\0")
)
_TYPES = st.one_of(
    st.just(_JSON),
    st.just(_JSON),
    st.sampled_from([b"application/json; charset=utf-16", b"text/plain", b"application/graphql",
                     b"multipart/form-data; boundary=a", b"application/x-www-form-urlencoded"]),
    _VALUES,
)  # fmt: skip
_ACCEPTS = st.one_of(
    st.sampled_from(
        [b"*/*", _JSON, b"application/graphql-response+json", b"text/event-stream", b"text/html",
         b"text/event-stream;q=0.1, application/json", b"image/png", b"*/*;q=0", b"a/b;q=x", b"/"]
    ),
    _VALUES,
)  # fmt: skip
_MORE = st.dictionaries(
    st.sampled_from(
        [b"last-event-id", b"origin", b"x-forwarded-for", b"x-forwarded-proto", b"expect",
         b"cookie", b"range", b"if-none-match", b"access-control-request-method", b"upgrade",
         b"connection", b"te", b"content-encoding", b"accept-encoding"]
    ),
    st.one_of(
        st.sampled_from([b"2", b"99999999999", b"http://elsewhere", b"https", b"1.2.3.4, ::1",
                         b"100-continue", b"POST", b"websocket", b"upgrade", b"bytes=0-", b"gzip"]),
        _VALUES,
    ),
    max_size=3,
)  # fmt: skip


@cache
def _bodies(ids: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    return bodies(requests(ids))


@st.composite
def http_requests(draw: st.DrawFn, ids: tuple[str, ...], authorizations: tuple[str, ...]) -> Sent:
    """Any request; *ids* and *authorizations* are some that the server knows."""
    method, path = draw(_METHODS), draw(_PATHS)
    if method != b"POST" and draw(st.booleans()):
        path += "?" + _query(draw(requests(ids)))
    body = draw(_bodies(ids)) if method not in {b"GET", b"HEAD"} else b""
    headers = [
        (b"host", b"there"),
        (b"content-type", draw(_TYPES)),
        (b"accept", draw(_ACCEPTS)),
        *_authorized(draw(st.sampled_from([*authorizations, ""]) | TEXTS)),
        *draw(_MORE).items(),
    ]
    framing, honest = draw(_framings(body))
    known = {b"NONSENSE": False}.get(method, True) and b"upgrade" not in dict(headers)
    return Sent(method, path.encode(), (*headers, framing), body, honest and known)


def _framings(body: bytes) -> st.SearchStrategy[tuple[tuple[bytes, bytes], bool]]:
    """Say how long the body is: the truth, most of the time."""
    length = b"content-length"
    truth = st.just(((length, str(len(body)).encode()), True))
    lies = st.one_of(
        st.integers(-5, 10**12).map(lambda n: ((length, str(n).encode()), False)),
        _VALUES.map(lambda value: ((length, value), False)),
        _VALUES.map(lambda value: ((b"transfer-encoding", value), False)),
        st.just(((b"transfer-encoding", b"chunked"), False)),
    )
    return st.one_of(truth, truth, truth, truth, lies)


def _query(asked: dict[str, object]) -> str:
    texts = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in asked.items()
    }
    return urlencode(texts, errors="surrogatepass")


def _authorized(text: str) -> list[tuple[bytes, bytes]]:
    value = bytes(byte for byte in text.encode(errors="surrogatepass") if byte not in b"\r\n\0")
    return [(b"authorization", value)] if value else []
