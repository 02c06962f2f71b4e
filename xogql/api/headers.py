"""What every answer says to browsers, whichever route gave it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""What an answer says unless its route says otherwise."""

ONLY_TLS = {"strict-transport-security": "max-age=31536000"}
"""Said where the request came by TLS, here or to a proxy that is believed."""


_ALWAYS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_BY_TLS = [*_ALWAYS, *((name.encode(), value.encode()) for name, value in ONLY_TLS.items())]


class SecurityHeaders:
    """Adds the headers to what *app* answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = _BY_TLS if scope["scheme"] == "https" else _ALWAYS

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = {name for name, _ in message["headers"]}
                more = [each for each in wanted if each[0] not in told]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self._app(scope, receive, answer)
