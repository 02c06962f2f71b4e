"""The composition root: every part is made here, and the lifespan owns every task and pool."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, WebSocket
from fastapi import Request as HttpRequest
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql import game, player
from xogql.api.context import Services
from xogql.api.endpoint import Endpoint
from xogql.api.execution import Executor
from xogql.api.headers import SecurityHeaders
from xogql.api.ide import Playground
from xogql.api.limits import DocumentLimits
from xogql.api.origins import may_open
from xogql.api.persisted import Persisted, read_manifest
from xogql.api.quotas import Allowances, Quotas
from xogql.api.schema import EXECUTABLE, SCHEMA
from xogql.api.sockets import SocketServer
from xogql.api.strawberry_bindings import StrawberryBindings
from xogql.auth.accounts import Accounts, Door
from xogql.auth.credentials import Credentials
from xogql.auth.passwords import Passwords
from xogql.auth.secret import signing_secret
from xogql.auth.throttle import Limit, Limits, Throttle
from xogql.auth.tokens import Tokens
from xogql.auth.vigil import Vigil
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.errands import Errands
from xogql.live.feed import Feed
from xogql.live.lobby import TOPIC, Lobby
from xogql.play.handler import Handler
from xogql.prepared import Compiler, Plans
from xogql.readmodels.games import Games, GamesProjection, Listed
from xogql.readmodels.players import Players, PlayersProjection
from xogql.settings import Settings
from xogql.store.codec import GAMES, PLAYERS, Event
from xogql.store.engine import make_engine
from xogql.store.event_store import Recorded
from xogql.store.postgres import PostgresEventStore
from xogql.store.projection import Projection
from xogql.store.states import States

LOBBY_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes of one server process use."""

    engine: AsyncEngine
    backend: PostgresBackend
    endpoint: Endpoint
    sockets: SocketServer
    origins: frozenset[str]


def projections() -> Sequence[Projection[Any]]:
    """Give every read model there is."""
    return (GamesProjection(), PlayersProjection())


def build(settings: Settings) -> FastAPI:
    """Make the server of one process; its parts begin and end with its lifespan.

    Raises:
        ValueError: if no database is named.
    """
    if settings.database_url is None:
        raise ValueError(settings)
    playground = Playground() if settings.playground else None
    made = partial(_parts, settings, settings.database_url, playground)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with made() as parts:
            app.state.parts = parts
            yield

    app = FastAPI(title="xogql", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=sorted(settings.allowed_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type", "last-event-id"],
        expose_headers=["retry-after"],
    )
    app.add_middleware(SecurityHeaders)
    app.add_api_route("/graphql", _graphql, methods=["GET", "POST"])
    app.add_api_websocket_route("/graphql", _socket)
    if playground is not None:
        app.add_api_route("/graphql/assets/{name}", playground.asset, methods=["GET"])
    app.add_api_route("/", _front, methods=["GET"])
    app.add_api_route("/healthz", _alive, methods=["GET"])
    app.add_api_route("/readyz", _ready, methods=["GET"])
    return app


@asynccontextmanager
async def _parts(
    settings: Settings, database_url: str, playground: Playground | None
) -> AsyncGenerator[Parts]:
    engine = make_engine(database_url, pool_size=settings.pool_size)
    backend = PostgresBackend(_plain(settings.listen_url or database_url))
    bell = Bell(backend)
    store = PostgresEventStore(engine, partial(_ring, bell), projections())
    try:
        with Passwords() as passwords:
            async with bell.listening(store), Errands() as errands:
                door = _door(settings, engine, passwords)
                services = _services(engine, store, bell, door, errands)
                shared = services, _executor(settings), Quotas(_allowances(settings))
                yield Parts(
                    engine,
                    backend,
                    Endpoint(
                        *shared,
                        masked=settings.masked,
                        playground=playground,
                        longest_body=settings.longest_body,
                    ),
                    SocketServer(*shared, masked=settings.masked),
                    settings.allowed_origins,
                )
    finally:
        await engine.dispose()


def _services(
    engine: AsyncEngine, store: PostgresEventStore, bell: Bell, door: Door, errands: Errands
) -> Services:
    states = States(store, GAMES, game.initial_state, game.evolve)
    members = States(store, PLAYERS, player.initial_state, player.evolve)
    feed, games, players = Feed(store, bell.wakeups, bell.tails), Games(engine), Players(engine)
    vigil = Vigil(members, bell.wakeups, errands, door.now)
    at_the_door = Handler(store, members, player.decide)
    return Services(
        accounts=Accounts(door, at_the_door, members, states, players, vigil),
        handler=Handler(store, states, game.decide),
        states=states,
        store=store,
        feed=feed,
        lobby=Lobby(bell.wakeups, partial(_waiting, games)),
        games=games,
        players=players,
    )


def _door(settings: Settings, engine: AsyncEngine, passwords: Passwords) -> Door:
    limits = Limits(
        logins_per_name=Limit.read(settings.logins_per_name),
        logins_per_address=Limit.read(settings.logins_per_address),
        sign_ups_per_address=Limit.read(settings.sign_ups_per_address),
    )
    throttle = Throttle(engine)
    return Door(Credentials(engine), passwords, throttle, limits, _tokens(settings), _now)


def _executor(settings: Settings) -> Executor:
    manifest = settings.trusted_documents
    return Executor(
        EXECUTABLE,
        persisted=Persisted(
            {} if manifest is None else read_manifest(manifest),
            trusted_only=settings.trusted_only,
        ),
        limits=DocumentLimits(
            tokens=settings.most_tokens,
            depth=settings.most_depth,
            aliases=settings.most_aliases,
            cost=settings.most_cost,
        ),
        plans=Plans(Compiler(EXECUTABLE, StrawberryBindings(SCHEMA)), enabled=settings.plans),
        introspection=settings.introspection,
        timeout=settings.operation_timeout.total_seconds(),
    )


def _allowances(settings: Settings) -> Allowances:
    return Allowances(
        sockets_per_player=settings.sockets_per_player,
        sockets_per_address=settings.sockets_per_address,
        operations_per_socket=settings.operations_per_socket,
        messages_per_socket=Limit.read(settings.messages_per_socket),
        moves_per_player=Limit.read(settings.moves_per_player),
        operations_per_client=Limit.read(settings.operations_per_client),
    )


def _tokens(settings: Settings) -> Tokens:
    data_dir = None if settings.production else settings.data_dir
    return Tokens(
        signing_secret(settings.secret, data_dir, production=settings.production),
        access_lifetime=settings.access_lifetime,
        intra_lifetime=settings.intra_lifetime,
        previous_secret=settings.previous_secret,
    )


async def _ring(bell: Bell, recorded: Sequence[Recorded[Event]]) -> None:
    """Ring for the streams that grew, and for the lobby if its list may have changed."""
    await bell.ring(recorded)
    if any(type(each.event) in GamesProjection.statuses for each in recorded):
        await bell.publish(TOPIC)


async def _waiting(games: Games) -> Sequence[Listed]:
    return (await games.page(status=game.Status.WAITING, first=LOBBY_LENGTH)).games


def _plain(url: str) -> str:
    """Leave SQLAlchemy's name of the driver out."""
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


def _now() -> datetime:
    return datetime.now(UTC)


async def _graphql(request: HttpRequest) -> Response:
    parts: Parts = request.app.state.parts
    return await parts.endpoint.serve(request)


async def _socket(websocket: WebSocket) -> None:
    parts: Parts = websocket.app.state.parts
    if not may_open(websocket.headers, parts.origins):
        await websocket.close()
        return
    await parts.sockets.serve(websocket)


async def _front() -> Response:
    return RedirectResponse("/graphql")


async def _alive() -> Response:
    return JSONResponse({"status": "ok"})


async def _ready(request: HttpRequest) -> Response:
    """Tell whether requests are served: the database answers and the bell is heard."""
    parts: Parts = request.app.state.parts
    checks = {"database": await _answers(parts.engine), "listener": parts.backend.healthy}
    ready = all(checks.values())
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"status": "ok" if ready else "unavailable", **checks}, status)


async def _answers(engine: AsyncEngine) -> bool:
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
