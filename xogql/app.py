"""The composition root: every part is made here, and the lifespan owns every task and pool."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
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
from xogql.api.manifest import read_manifest
from xogql.api.page import Page
from xogql.api.persisted import Persisted
from xogql.api.quotas import Allowances, Quotas
from xogql.api.routes import Parts, add_routes
from xogql.api.schema import EXECUTABLE, SCHEMA
from xogql.api.sockets import SocketServer
from xogql.api.strawberry_bindings import StrawberryBindings
from xogql.auth.accounts import Accounts
from xogql.auth.credentials import Credentials
from xogql.auth.invites import Invites
from xogql.auth.membership import Membership
from xogql.auth.passwords import Passwords
from xogql.auth.secret import signing_secret
from xogql.auth.sessions import Door, Sessions
from xogql.auth.throttle import Limit, Limits, Throttle
from xogql.auth.tokens import Tokens
from xogql.auth.usher import Usher
from xogql.auth.vigil import Vigil
from xogql.live import topics
from xogql.live.audiences import Audiences
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.feed import Feed
from xogql.live.jobs import running, supervise
from xogql.live.lobby import Lobby
from xogql.live.presence import Presence
from xogql.live.together import Together, insisting
from xogql.live.topics import topics_of
from xogql.live.under_way import MOST, Present, Seats, UnderWay
from xogql.play.botplayer import BotPlayer
from xogql.play.calls import Calls
from xogql.play.handler import Handler
from xogql.play.house import HOUSE, House
from xogql.play.rematches import Rematches
from xogql.play.reviews import Reviews
from xogql.play.sweep import Sweep
from xogql.prepared import Compiler, Plans
from xogql.readmodels.catalogue import projections
from xogql.readmodels.games import Games
from xogql.readmodels.house_games import HouseGames
from xogql.readmodels.players import Players
from xogql.readmodels.unbegun import Unbegun
from xogql.settings import Settings
from xogql.staffing import REST, Desk, staffed
from xogql.store.codec import GAMES, PLAYERS, Event
from xogql.store.engine import make_engine
from xogql.store.event_store import Recorded
from xogql.store.postgres import PostgresEventStore
from xogql.store.states import States
from xogql.store.whereabouts import PostgresWhereabouts

LOBBY_LENGTH = 100

PLAYING_PAUSE = 0.25
"""Seconds between two reads of the games that are on: many begin and end."""


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
    add_routes(app, playground, Page() if settings.page else None)
    return app


@asynccontextmanager
async def _parts(
    settings: Settings, database_url: str, playground: Playground | None
) -> AsyncGenerator[Parts]:
    engine = make_engine(database_url, pool_size=settings.pool)
    backend = PostgresBackend(_plain(settings.listen_url or database_url), echo=False)
    bell = Bell(backend)
    store = PostgresEventStore(engine, partial(_ring, bell), projections())
    secret = _secret(settings)
    try:
        with Passwords() as passwords:
            door = _door(settings, engine, passwords, secret)
            invites = Invites(secret, previous_secret=settings.previous_secret)
            desk = Desk(Calls(), Reviews(seconds=settings.house_seconds))
            services = _services(engine, store, bell, door, invites, desk)
            ushering = partial(
                supervise, "usher", Usher.of(engine, store, settings.guests_stay).run
            )
            left_over = partial(services.rematches.attend, Unbegun(engine).left)
            rematching = partial(supervise, "rematches", left_over)
            staff = _staffed(settings, services, desk, engine)
            attended = services.presence.running()
            async with bell.listening(store), attended, staff, running(ushering, rematching):
                shared = services, _executor(settings), Quotas(_allowances(settings))
                yield Parts(
                    Endpoint(
                        *shared,
                        masked=settings.masked,
                        playground=playground,
                        longest_body=settings.longest_body,
                    ),
                    SocketServer(*shared, masked=settings.masked),
                    settings.allowed_origins,
                    partial(_checks, engine, backend),
                )
    finally:
        await engine.dispose()


def _services(
    engine: AsyncEngine,
    store: PostgresEventStore,
    bell: Bell,
    door: Door,
    invites: Invites,
    desk: Desk,
) -> Services:
    states = States(store, GAMES, game.initial_state, game.evolve)
    members = States(store, PLAYERS, player.initial_state, player.evolve)
    feed, games, players = Feed(store, bell.wakeups, bell.tails), Games(engine), Players(engine)
    vigil = Vigil(members, bell, door.now)
    at_the_door = Handler(store, members, player.decide)
    handler = Handler(store, states, game.decide, desk.calls.hear)
    sessions = Sessions(door, at_the_door, members)
    waiting = partial(games.newest, game.Status.WAITING, LOBBY_LENGTH)
    playing = partial(games.newest, game.Status.PLAYING, LOBBY_LENGTH)
    present: Present = Together(insisting("games", states.load_many))
    seats: Seats = Together(insisting("seats", partial(games.under_way, first=MOST)))
    return Services(
        accounts=Accounts(door, sessions, Together(members.load_many), states, vigil),
        members=Membership(door, sessions, players),
        sessions=sessions,
        house=House(at_the_door),
        reviews=desk.reviews,
        invites=invites,
        handler=handler,
        rematches=Rematches(handler, states),
        states=states,
        store=store,
        feed=feed,
        audiences=Audiences(feed, bell),
        lobbies={
            game.Status.WAITING: Lobby(bell.wakeups, waiting),
            game.Status.PLAYING: Lobby(
                bell.wakeups, playing, topic=topics.PLAYING, pause=PLAYING_PAUSE
            ),
        },
        present=present,
        under_way=UnderWay(bell.wakeups, states, seats, present),
        presence=Presence(bell.wakeups, bell.publish, PostgresWhereabouts(engine)),
        games=games,
        players=players,
    )


def _staffed(
    settings: Settings, services: Services, desk: Desk, engine: AsyncEngine
) -> AbstractAsyncContextManager[None]:
    look = HouseGames(engine, list(HOUSE.values()), rest=REST).page
    seconds = settings.house_seconds
    return staffed(
        services.house,
        BotPlayer(services.rematches, services.states, desk.calls, seconds=seconds),
        Sweep(look, services.states, desk.calls),
        desk.reviews,
        processes=settings.house_processes,
    )


def _door(settings: Settings, engine: AsyncEngine, passwords: Passwords, secret: str) -> Door:
    limits = Limits(
        logins_per_name=Limit.read(settings.logins_per_name),
        logins_per_address=Limit.read(settings.logins_per_address),
        sign_ups_per_address=Limit.read(settings.sign_ups_per_address),
        guests_per_address=Limit.read(settings.guests_per_address),
        renames_per_player=Limit.read(settings.renames_per_player),
    )
    throttle = Throttle(engine)
    return Door(
        Credentials(engine),
        passwords,
        throttle,
        limits,
        _tokens(settings, secret),
        settings.guest_lifetime,
        _now,
    )


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


def _secret(settings: Settings) -> str:
    data_dir = None if settings.production else settings.data_dir
    return signing_secret(settings.secret, data_dir, production=settings.production)


def _tokens(settings: Settings, secret: str) -> Tokens:
    return Tokens(
        secret,
        access_lifetime=settings.access_lifetime,
        intra_lifetime=settings.intra_lifetime,
        previous_secret=settings.previous_secret,
    )


def _ring(bell: Bell, recorded: Sequence[Recorded[Event]]) -> None:
    """Ring for the streams that grew, and for the lists that may have changed."""
    bell.ring(recorded)
    for each in recorded:
        for topic in topics_of(each.event):
            bell.publish(topic)


def _plain(url: str) -> str:
    """Leave SQLAlchemy's name of the driver out."""
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


def _now() -> datetime:
    return datetime.now(UTC)


async def _checks(engine: AsyncEngine, backend: PostgresBackend) -> Mapping[str, bool]:
    return {"database": await _answers(engine), "listener": backend.healthy}


async def _answers(engine: AsyncEngine) -> bool:
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select 1"))
    except (SQLAlchemyError, OSError):
        return False
    return True
