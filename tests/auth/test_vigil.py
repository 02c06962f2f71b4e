"""A token in use is watched over: whoever uses it is told once, when it is good no more."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.live.processes import HOUR, Process, process, until, without_bell
from xogql import player
from xogql.auth.sessions import TokenRevokedError
from xogql.auth.tokens import AccessClaims, TokenExpiredError
from xogql.auth.vigil import Vigil, Watch
from xogql.game import PlayerId
from xogql.player import LoggedIn, LoggedOut, LoggedOutEverywhere, SignedUp
from xogql.store.codec import PLAYERS, UnknownEventError
from xogql.store.event_store import Append, EventStore, Stream
from xogql.store.names import new_name
from xogql.store.states import States

LONG = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Somebody:
    """A player with two sessions, and a vigil in some process."""

    there: Process
    vigil: Vigil
    states: States[player.Player, player.Event]
    sessions: Sequence[UUID]
    id: PlayerId = field(default_factory=lambda: PlayerId(new_name(PLAYERS)))

    def watch(self, session: UUID, lasts: timedelta = LONG) -> tuple[Watch, list[Exception]]:
        told: list[Exception] = []
        claims = AccessClaims(self.id, session, now() + lasts)
        return self.vigil.watch(claims, told.append), told

    async def append(self, *events: player.Event, store: EventStore | None = None) -> None:
        stream = Stream(PLAYERS, self.id)
        version = len(await self.there.store.read(stream))
        request = Append(stream, version, events, self.id, uuid4(), fingerprint=0)
        await (store or self.there.store).append(request)


@asynccontextmanager
async def somebody(url: str, *, backstop: float = HOUR) -> AsyncGenerator[Somebody]:
    async with process(url, backstop=backstop) as here:
        states = States(here.store, PLAYERS, player.initial_state, player.evolve)
        sessions = [uuid4(), uuid4()]
        them = Somebody(here, Vigil(states, here.bell, now), states, sessions)
        seconds = int(now().timestamp())
        begun = [LoggedIn(each, seconds, seconds + 3600) for each in sessions]
        await them.append(SignedUp(f"somebody-{uuid4()}"), *begun)
        yield them
        assert here.is_idle()


async def until_told(told: list[Exception]) -> Exception:
    await until(lambda: told)
    (reason,) = told
    return reason


async def test_a_session_that_is_ended_is_told_and_no_other(database_url: str) -> None:
    async with somebody(database_url) as them:
        ended, told = them.watch(them.sessions[0])
        goes_on, nothing = them.watch(them.sessions[1])
        await them.append(LoggedOut(them.sessions[0]))

        assert isinstance(await until_told(told), TokenRevokedError)
        assert nothing == []
        ended.end()
        goes_on.end()


async def test_all_of_a_player_are_watched_by_one(database_url: str) -> None:
    async with somebody(database_url) as them:
        told = [them.watch(session)[1] for session in (*them.sessions, *them.sessions)]
        assert len(them.there.bell.wakeups._sleepers[them.id]) == 1
        await them.append(LoggedOutEverywhere())

        for each in told:
            assert isinstance(await until_told(each), TokenRevokedError)


async def test_a_token_is_over_in_time(database_url: str) -> None:
    async with somebody(database_url) as them:
        _, told = them.watch(them.sessions[0], timedelta(seconds=0.05))
        _, at_once = them.watch(them.sessions[0], -LONG)

        assert at_once == []
        assert isinstance(await until_told(told), TokenExpiredError)
        assert isinstance(await until_told(at_once), TokenExpiredError)


async def test_what_other_processes_end_is_told(database_url: str) -> None:
    async with somebody(database_url) as them, process(database_url) as there:
        await them.there.is_listening()
        _, told = them.watch(them.sessions[0])
        await them.append(LoggedOut(them.sessions[0]), store=there.store)

        assert isinstance(await until_told(told), TokenRevokedError)


async def test_a_lost_hint_is_made_good_by_the_backstop(database_url: str) -> None:
    async with somebody(database_url, backstop=0.1) as them:
        _, told = them.watch(them.sessions[0])
        await them.append(LoggedOut(them.sessions[0]), store=without_bell(them.there))

        assert isinstance(await until_told(told), TokenRevokedError)


@pytest.mark.parametrize("is_known", [False, True])
async def test_what_ended_before_the_watch_is_told(database_url: str, *, is_known: bool) -> None:
    async with somebody(database_url) as them:
        await them.append(LoggedOut(them.sessions[0]))
        if is_known:
            await them.states.load(Stream(PLAYERS, them.id))
        _, told = them.watch(them.sessions[0])

        assert told == []
        assert isinstance(await until_told(told), TokenRevokedError)


async def test_nothing_is_told_once_a_watch_is_ended(database_url: str) -> None:
    async with somebody(database_url) as them:
        left, nothing = them.watch(them.sessions[0])
        _, told = them.watch(them.sessions[0])
        left.end()
        left.end()
        await them.append(LoggedOutEverywhere())
        await until_told(told)

        assert nothing == []


async def test_what_cannot_be_read_is_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_given: object, **_more: object) -> None:
        kind = "Later"
        raise UnknownEventError(kind, 1)

    async with somebody(database_url) as them:
        monkeypatch.setattr(them.there.store, "read", refuse)
        _, told = them.watch(them.sessions[0])

        assert isinstance(await until_told(told), UnknownEventError)
