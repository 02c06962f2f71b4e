"""GraphQL over HTTP: a request in, one result out.

Specification: https://graphql.github.io/graphql-over-http/draft/
"""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from graphql import ExecutionResult, GraphQLError, OperationType
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from xogql.api.context import Context, Services
from xogql.api.execution import Executor, Request, RequestRefusedError
from xogql.api.failures import OperationError, format_all
from xogql.api.frames import ClosingError, request_of
from xogql.api.ide import Playground
from xogql.auth.accounts import Claims
from xogql.auth.tokens import TokenRefusedError
from xogql.store.event_store import EventStoreError

LONGEST_BODY = 100_000

_OURS = HTTPStatus.INTERNAL_SERVER_ERROR
_MODERN = "application/graphql-response+json"
_LEGACY = "application/json"


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
    """Serves `/graphql`. *masked*: internal errors are not told to clients."""

    services: Services
    executor: Executor
    masked: bool
    playground: Playground | None = None

    async def serve(self, http: HttpRequest) -> Response:
        """Answer a GET or POST; a browser that opens the page gets GraphiQL."""
        if self.playground is not None and _opens_page(http):
            return self.playground.page()
        media = _media(http)
        headers = {"cache-control": "private, no-store", "vary": "Accept, Authorization"}
        body: dict[str, Any] = {}
        try:
            status, result = HTTPStatus.OK, await self._answer(http)
            body = {"data": result.data, **format_all(result.errors, masked=self.masked)}
        except RequestRefusedError as refused:
            status = HTTPStatus.BAD_REQUEST if media == _MODERN else HTTPStatus.OK
            body = format_all(refused.errors, masked=self.masked)
        except HttpRefusedError as refused:
            status, headers = refused.status, {**headers, **refused.headers}
            body = format_all([refused.error], masked=self.masked)
        except Exception as error:  # noqa: BLE001 - formatting it logs it
            unavailable = isinstance(error, EventStoreError)
            status = HTTPStatus.SERVICE_UNAVAILABLE if unavailable else _OURS
            wrapped = GraphQLError(str(error), original_error=error)
            body = format_all([wrapped], masked=self.masked)
        text = json.dumps(body, separators=(",", ":"))
        return Response(text, status, headers, media_type=media)

    async def _answer(self, http: HttpRequest) -> ExecutionResult:
        claims = await self._claims(http)
        prepared = self.executor.prepare(await _request(http))
        if prepared.operation is OperationType.SUBSCRIPTION:
            raise _bad("Subscriptions go over a WebSocket (graphql-transport-ws).")
        if prepared.operation is OperationType.MUTATION and http.method == "GET":
            error = OperationError("BAD_REQUEST", "Mutations are sent by POST.")
            raise HttpRefusedError(HTTPStatus.METHOD_NOT_ALLOWED, error, allow="POST")
        address = http.client.host if http.client else ""
        return await self.executor.execute(prepared, Context(self.services, claims, address))

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


def _opens_page(http: HttpRequest) -> bool:
    accepted = http.headers.get("accept", "")
    return http.method == "GET" and "query" not in http.query_params and "text/html" in accepted


def _media(http: HttpRequest) -> str:
    return _MODERN if _MODERN in http.headers.get("accept", "") else _LEGACY


async def _request(http: HttpRequest) -> Request:
    """Read GraphQL's request parameters from the body or the address.

    Raises:
        HttpRefusedError: if they are not what they should be.
    """
    parameters = _from_address(http) if http.method == "GET" else await _from_body(http)
    if not isinstance(parameters, dict):
        raise _bad("The body must be a JSON object.")
    try:
        return request_of(parameters)
    except ClosingError as error:
        raise _bad(error.reason) from error


def _from_address(http: HttpRequest) -> object:
    parameters: dict[str, object] = dict(http.query_params)
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _json(http.query_params[name])
    return parameters


async def _from_body(http: HttpRequest) -> object:
    kind = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _LEGACY:
        raise _bad(f"Send {_LEGACY}.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = b""
    try:
        async for chunk in http.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                message = f"A body has at most {LONGEST_BODY} bytes."
                raise _bad(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except ClientDisconnect as error:
        raise _bad("The body ends too early.") from error
    return _json(body)


def _json(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad("This is no JSON.") from error
