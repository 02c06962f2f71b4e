"""GraphQL over HTTP: a request in, one result out.

Specification: https://graphql.github.io/graphql-over-http/draft/
"""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from http import HTTPStatus

from graphql import GraphQLError, OperationType
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from xogql.api.answers import refusal, written
from xogql.api.context import Context, Services
from xogql.api.execution import Executor, Prepared, Request, RequestRefusedError
from xogql.api.frames import ClosingError, request_of
from xogql.api.ide import Playground
from xogql.api.negotiation import Media, media_for
from xogql.api.operation_errors import OperationError
from xogql.api.quotas import Quotas
from xogql.api.sse import event_stream
from xogql.auth.tokens import TokenRefusedError
from xogql.auth.vigil import Claims
from xogql.prepared import Answer
from xogql.store.codec import UnknownEventError
from xogql.store.event_store import EventStoreError

_OURS = HTTPStatus.INTERNAL_SERVER_ERROR
_DIGITS = 10


class HttpRefusedError(Exception):
    """A request is refused before anything of it is executed."""

    def __init__(self, status: HTTPStatus, error: OperationError, **headers: str) -> None:
        super().__init__(self.__doc__)
        self.status = status
        self.error = error
        self.headers = headers


def _bad(message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> HttpRefusedError:
    return HttpRefusedError(status, OperationError("BAD_REQUEST", message))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Serves `/graphql`.

    *masked*: internal errors are not told to clients; *longest_body*: of a request, in bytes.
    """

    services: Services
    executor: Executor
    quotas: Quotas
    masked: bool
    playground: Playground | None = None
    longest_body: int = 100_000

    async def serve(self, http: HttpRequest) -> Response:
        """Answer a GET or POST; a browser that opens the page gets GraphiQL."""
        if self.playground is not None and _opens_page(http):
            return self.playground.page()
        media = media_for(http.headers.get("accept"))
        headers = {"cache-control": "private, no-store", "vary": "Accept, Authorization"}
        try:
            answer = await self._answer(http, media)
            if isinstance(answer, Response):
                return answer
            status, body = HTTPStatus.OK, written(answer, masked=self.masked)
        except RequestRefusedError as refused:
            status = HTTPStatus.OK if media is Media.LEGACY else HTTPStatus.BAD_REQUEST
            body = refusal(refused.errors, masked=self.masked)
        except HttpRefusedError as refused:
            status, headers = refused.status, {**headers, **refused.headers}
            body = refusal([refused.error], masked=self.masked)
        except Exception as error:  # noqa: BLE001 - formatting it logs it
            unavailable = isinstance(error, EventStoreError | UnknownEventError)
            status = HTTPStatus.SERVICE_UNAVAILABLE if unavailable else _OURS
            wrapped = GraphQLError(str(error), original_error=error)
            body = refusal([wrapped], masked=self.masked)
        kind = Media.MODERN if media is Media.MODERN else Media.LEGACY
        return Response(body, status, headers, media_type=kind)

    async def _answer(self, http: HttpRequest, media: Media | None) -> Answer | Response:
        if media is None:
            message = f"This server answers with {', '.join(Media)}."
            raise _bad(message, HTTPStatus.NOT_ACCEPTABLE)
        claims, request = await self._claims(http), await self._request(http)
        address = http.client.host if http.client else ""
        context = Context(self.services, claims, address, resume=_last_event_id(http))
        if media is Media.EVENTS:
            return event_stream(self._payloads(http, request, context), context)
        prepared = self._prepared(http, request, context)
        if prepared.operation is OperationType.SUBSCRIPTION:
            raise _bad("Subscriptions go over a WebSocket, or with Accept: text/event-stream.")
        return await self.executor.execute(prepared, context)

    def _prepared(self, http: HttpRequest, request: Request, context: Context) -> Prepared:
        prepared = self.executor.prepare(request)
        if prepared.operation is OperationType.MUTATION and http.method == "GET":
            error = OperationError("BAD_REQUEST", "Mutations are sent by POST.")
            raise HttpRefusedError(HTTPStatus.METHOD_NOT_ALLOWED, error, allow="POST")
        try:
            self.quotas.take(context.client, prepared)
        except OperationError as error:
            wait = str((error.extensions or {}).get("retryAfter", 1))
            headers = {"retry-after": wait}
            raise HttpRefusedError(HTTPStatus.TOO_MANY_REQUESTS, error, **headers) from error
        return prepared

    async def _payloads(
        self, http: HttpRequest, request: Request, context: Context
    ) -> AsyncGenerator[bytes]:
        """Give the results of any operation, its refusal too: a stream has begun by then."""
        try:
            stream = self.executor.stream(self._prepared(http, request, context), context)
            good = self.services.accounts.while_good(context.claims)
            async with good, aclosing(stream) as results:
                async for result in results:
                    yield written(result, masked=self.masked)
        except RequestRefusedError as refused:
            yield refusal(refused.errors, masked=self.masked)
        except HttpRefusedError as refused:
            yield refusal([refused.error], masked=self.masked)
        except Exception as error:  # noqa: BLE001 - formatting it logs it
            wrapped = GraphQLError(str(error), original_error=error)
            yield refusal([wrapped], masked=self.masked)

    async def _claims(self, http: HttpRequest) -> Claims | None:
        authorization = http.headers.get("authorization")
        if authorization is None:
            return None
        try:
            return await self.services.accounts.claims_of(authorization)
        except TokenRefusedError as refused:
            error = OperationError(refused.code, str(refused))
            headers = {"www-authenticate": "Bearer"}
            raise HttpRefusedError(HTTPStatus.UNAUTHORIZED, error, **headers) from refused

    async def _request(self, http: HttpRequest) -> Request:
        """Read GraphQL's request parameters from the body or the address.

        Raises:
            HttpRefusedError: if they are not what they should be.
        """
        get = http.method == "GET"
        parameters = _from_address(http) if get else await _from_body(http, self.longest_body)
        if not isinstance(parameters, dict):
            raise _bad("The body must be a JSON object.")
        try:
            return request_of(parameters)
        except ClosingError as error:
            raise _bad(error.reason) from error


def _opens_page(http: HttpRequest) -> bool:
    accepted = http.headers.get("accept", "")
    return http.method == "GET" and "query" not in http.query_params and "text/html" in accepted


def _last_event_id(http: HttpRequest) -> int | None:
    """Read where an event stream broke off, if it was one of ours."""
    text = http.headers.get("last-event-id", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


def _from_address(http: HttpRequest) -> object:
    parameters: dict[str, object] = dict(http.query_params)
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _json(http.query_params[name])
    return parameters


async def _from_body(http: HttpRequest, longest: int) -> object:
    kind = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != Media.LEGACY:
        raise _bad(f"Send {Media.LEGACY}.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = b""
    try:
        async for chunk in http.stream():
            body += chunk
            if len(body) > longest:
                message = f"A body has at most {longest} bytes."
                raise _bad(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except ClientDisconnect as error:
        raise _bad("The body ends too early.") from error
    return _json(body)


def _json(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad("This is no JSON.") from error
