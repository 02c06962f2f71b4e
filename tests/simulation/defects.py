"""Bugs that `xogql.live` might have had: each has to be found."""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from xogql.live import bell, feed
from xogql.live.bell import Bell
from xogql.live.broadcasting import PostgresBackend
from xogql.live.connection import connected
from xogql.live.feed import Feed
from xogql.live.hints import Hint, Hints
from xogql.live.listener import Listener
from xogql.live.lobby import TOPIC, Change, Lobby
from xogql.live.notifier import Notifier
from xogql.live.tails import Tail, Tails
from xogql.live.wakeups import Sleeper, Wakeups
from xogql.store.event_store import (
    EventStore,
    OutcomeUnknownError,
    Recorded,
    Stream,
    UnavailableError,
)

Plant = Callable[[pytest.MonkeyPatch], None]


def registers_after_reading(patch: pytest.MonkeyPatch) -> None:
    """What is committed between the read and the registration wakes nobody."""

    async def follow(
        self: Feed, stream: Stream[Any], *, after: int = 0
    ) -> AsyncGenerator[Recorded[Any]]:
        for each in await self._page(stream, after):
            after = each.version
            yield each
        with self._wakeups.sleeping_on(stream.name, after) as sleeper:
            sleeper.clear()
            while True:
                await sleeper.wait()
                sleeper.clear()
                for each in await self._page(stream, sleeper.after):
                    sleeper.after = each.version
                    yield each

    patch.setattr(Feed, "follow", follow)


def clears_after_reading(patch: pytest.MonkeyPatch) -> None:
    """A hint that comes during the read is forgotten."""

    async def follow(
        self: Feed, stream: Stream[Any], *, after: int = 0
    ) -> AsyncGenerator[Recorded[Any]]:
        with self._wakeups.sleeping_on(stream.name, after) as sleeper:
            while True:
                while page := await self._page(stream, sleeper.after):
                    for each in page:
                        sleeper.after = each.version
                        yield each
                sleeper.clear()
                await sleeper.wait()

    patch.setattr(Feed, "follow", follow)


def has_no_backstop(patch: pytest.MonkeyPatch) -> None:
    """Lost hints are never made up for."""

    async def watch(self: Bell, store: EventStore) -> None:
        while True:
            await self._in_doubt.wait()
            self._in_doubt.clear()
            for hint in (await store.grown(self.wakeups.followed())).items():
                self.wakeups.wake(*hint)

    patch.setattr(Bell, "_watch", watch)


def forgets_topics(patch: pytest.MonkeyPatch) -> None:
    """The backstop asks for streams alone: a lost hint of the lobby is lost for good."""
    patch.setattr(Wakeups, "wake_topics", lambda _: None)


def keeps_what_does_not_follow(patch: pytest.MonkeyPatch) -> None:
    """A tail may have a hole."""

    def keep(self: Tail[Any], recorded: Sequence[Recorded[Any]]) -> None:
        self._events = (*self._events, *recorded)[-400:]

    patch.setattr(Tail, "keep", keep)


def believes_old_reads(patch: pytest.MonkeyPatch) -> None:
    """A read begun before the hint is taken for the end of the stream."""

    def has_ended(self: Tail[Any], after: int, *, since: int) -> bool:
        return self.reads > 0 and self._ended[1] <= after and since >= 0

    patch.setattr(Tail, "has_ended", has_ended)


def believes_the_read_under_way(patch: pytest.MonkeyPatch) -> None:
    """Who waited for another's read takes its answer, though it was asked before the hint."""

    def has_ended(self: Tail[Any], after: int, *, since: int) -> bool:
        read, version = self._ended
        return read >= since > 0 and version <= after

    patch.setattr(Tail, "has_ended", has_ended)


def trusts_the_highest_hint(patch: pytest.MonkeyPatch) -> None:
    """A forged hint from the future makes every later one look old."""
    highest: dict[int, int] = {}

    def hear(self: Sleeper, version: int) -> None:
        if version > max(self.after, highest.get(id(self), 0)):
            highest[id(self)] = version
            self._heard = version
            self._news.set()

    patch.setattr(Sleeper, "hear", hear)


def keeps_tails_for_ever(patch: pytest.MonkeyPatch) -> None:
    """The tail of a stream outlives its followers."""

    @contextmanager
    def of(self: Tails, stream: Stream[Any]) -> Iterator[Tail[Any]]:
        yield self._tails.setdefault(stream.name, Tail())

    patch.setattr(Tails, "of", of)


def gives_up_in_an_outage(patch: pytest.MonkeyPatch) -> None:
    """A read that fails is taken for one that found nothing."""

    async def page(self: Feed, stream: Stream[Any], after: int) -> Sequence[Recorded[Any]]:
        with suppress(UnavailableError, OutcomeUnknownError):
            return await self._store.read(stream, after=after, upto=after + feed.PAGE)
        return ()

    patch.setattr(Feed, "_page", page)


def says_nothing_after_a_reconnection(patch: pytest.MonkeyPatch) -> None:
    """Nothing is delivered for the time away, and nobody asks for it."""
    patch.setattr("xogql.live.listener.EVERYTHING", ("nothing", 0))


def has_no_heartbeat(patch: pytest.MonkeyPatch) -> None:
    """A connection that is dead in silence is never noticed."""

    async def beat(self: Listener, connection: object) -> None:
        self.healthy = True

    patch.setattr(Listener, "_beat", beat)


def drops_what_it_could_not_notify(patch: pytest.MonkeyPatch) -> None:
    """Hints under way are lost with the notifier's connection."""

    async def notify(self: Notifier) -> None:
        async with connected(self._dsn, "xogql notifier", patience=self._patience) as connection:
            while True:
                payload = " ".join(map(str, await self._hints.take()))
                await connection.execute("", self._channel, [payload])

    patch.setattr(Notifier, "_notify", notify)


def tells_this_process_alone(patch: pytest.MonkeyPatch) -> None:
    """Other processes are not told."""

    async def publish(self: PostgresBackend, channel: str, message: str) -> None:
        return None

    patch.setattr(PostgresBackend, "publish", publish)


def takes_the_last_hint_for_the_highest(patch: pytest.MonkeyPatch) -> None:
    """Of two hints of a stream the older one, which came late, is kept."""

    def add(self: Hints, hints: Sequence[Hint]) -> None:
        self._versions.update(hints)
        if self._versions:
            self._some.set()

    patch.setattr(Hints, "add", add)


def forgets_what_the_lobby_hears_while_reading(patch: pytest.MonkeyPatch) -> None:
    """A change that comes while the list is read is not read again for."""

    async def follow(self: Lobby[Any]) -> AsyncGenerator[Change[Any]]:
        seen: Sequence[Any] = ()
        with self._wakeups.sleeping_on(TOPIC) as sleeper:
            while True:
                newest = await self._latest()
                came = [each for each in newest if each not in seen]
                yield Change(snapshot=not seen, listed=came, unlisted=sorted({*seen} - {*newest}))
                seen = newest
                sleeper.clear()
                await sleeper.wait()

    patch.setattr(Lobby, "follow", follow)


def dies_of_a_failed_question(patch: pytest.MonkeyPatch) -> None:
    """The backstop ends with the first outage."""

    async def once(name: str, attempt: Callable[[], Any], *_: object) -> None:
        with suppress(UnavailableError):
            await attempt()

    patch.setattr(bell, "supervise", once)


PLANTS: Sequence[Plant] = (
    registers_after_reading,
    clears_after_reading,
    has_no_backstop,
    forgets_topics,
    keeps_what_does_not_follow,
    believes_old_reads,
    believes_the_read_under_way,
    trusts_the_highest_hint,
    keeps_tails_for_ever,
    gives_up_in_an_outage,
    says_nothing_after_a_reconnection,
    has_no_heartbeat,
    drops_what_it_could_not_notify,
    tells_this_process_alone,
    takes_the_last_hint_for_the_highest,
    forgets_what_the_lobby_hears_while_reading,
    dies_of_a_failed_question,
)
