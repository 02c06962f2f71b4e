"""What the server answers at which address."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import FastAPI, WebSocket
from fastapi import Request as HttpRequest
from fastapi.responses import JSONResponse, Response
from starlette.routing import Route

from xogql.api.endpoint import Endpoint
from xogql.api.ide import Playground
from xogql.api.origins import may_open
from xogql.api.page import ADDRESSES, Page
from xogql.api.sockets import SocketServer


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes of one server process use; the application's state has it as `parts`.

    *checks*: tells of each thing that requests need whether it is there.
    """

    endpoint: Endpoint
    sockets: SocketServer
    origins: frozenset[str]
    checks: Callable[[], Awaitable[Mapping[str, bool]]]


def add_routes(app: FastAPI, playground: Playground | None, page: Page | None) -> None:
    """Serve GraphQL, its playground and the game's page if they are wanted, and health."""
    # A plain route: FastAPI's own looks for what a function depends on, each time.
    graphql = Route("/graphql", _graphql, methods=["GET", "POST"])
    graphql.methods = {"GET", "POST"}  # without HEAD, which Starlette adds
    app.router.routes.append(graphql)
    app.add_api_websocket_route("/graphql", _socket)
    if playground is not None:
        app.add_api_route("/graphql/assets/{name}", _named(playground.asset), methods=["GET"])
    if page is not None:
        for each in ADDRESSES:
            app.add_api_route(each, _document(page), methods=["GET"])
        app.add_api_route("/assets/{name}", _named(page.asset), methods=["GET"])
    app.add_api_route("/healthz", _alive, methods=["GET"])
    app.add_api_route("/readyz", _ready, methods=["GET"])


async def _graphql(request: HttpRequest) -> Response:
    parts: Parts = request.app.state.parts
    return await parts.endpoint.serve(request)


async def _socket(websocket: WebSocket) -> None:
    parts: Parts = websocket.app.state.parts
    if not may_open(websocket.headers, parts.origins):
        await websocket.close()
        return
    await parts.sockets.serve(websocket)


def _document(page: Page) -> Callable[[], Awaitable[Response]]:
    async def serve() -> Response:
        return page.document()

    return serve


def _named(give: Callable[[str], Response]) -> Callable[[HttpRequest], Awaitable[Response]]:
    """Serve what a path names. To find out what a name is, FastAPI would import Pydantic 1."""

    async def serve(request: HttpRequest) -> Response:
        return give(request.path_params["name"])

    return serve


async def _alive() -> Response:
    return JSONResponse({"status": "ok"})


async def _ready(request: HttpRequest) -> Response:
    """Tell whether requests are served: the database answers and the bell is heard."""
    parts: Parts = request.app.state.parts
    checks = await parts.checks()
    ready = all(checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"status": "ok" if ready else "unavailable", **checks}, status)
