"""Bugs that commands might have met: each has to be found by the machine."""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from xogql.live.feed import Feed
from xogql.live.wakeups import TOPIC, Sleeper, Wakeups
from xogql.play import handler
from xogql.play.handler import Answer, Handler, Order, Rejected
from xogql.store.event_store import Append, Recorded, Stream
from xogql.store.memory import MemoryEventStore
from xogql.store.states import Folded, States

Mistake = Callable[[pytest.MonkeyPatch], None]

_attempt = Handler[Any, Any, Any]._attempt
_append = MemoryEventStore.append


def believes_a_stale_rejection(patch: pytest.MonkeyPatch) -> None:
    """What another process did is not looked up before a command is refused."""

    async def handle(
        self: Handler[Any, Any, Any], stream: Stream[Any], order: Order[Any]
    ) -> Answer[Any, Any]:
        folded = self._states.kept(stream)
        if folded is not None:
            answer = await self._attempt(stream, order, order.command_id or uuid4(), folded)
            if isinstance(answer, Rejected):
                return answer
        return await _handle(self, stream, order)

    _handle = Handler[Any, Any, Any].handle
    patch.setattr(Handler, "handle", handle)


def knows_no_repeat(patch: pytest.MonkeyPatch) -> None:
    """A command that was carried out is refused when it comes again."""

    async def first_answer(*_: object) -> None:
        return None

    patch.setattr(Handler, "_first_answer", first_answer)


def answers_a_repeat_with_the_present(patch: pytest.MonkeyPatch) -> None:
    """The first answer is told with the game as it is now."""

    async def at(self: States[Any, Any], stream: Stream[Any], _version: int) -> Folded[Any]:
        return await self.load(stream)

    patch.setattr(States, "at", at)


def takes_any_command_for_a_repeat(patch: pytest.MonkeyPatch) -> None:
    """An id that was used for another command is taken for that one."""
    patch.setattr(handler, "fingerprint", lambda _: 0)


def ignores_the_expected_version(patch: pytest.MonkeyPatch) -> None:
    """A command is decided in whatever state the game is."""

    async def attempt(
        self: Handler[Any, Any, Any],
        stream: Stream[Any],
        order: Order[Any],
        command_id: UUID,
        folded: Folded[Any],
    ) -> Answer[Any, Any] | None:
        anyhow = Order(order.command, order.actor, order.command_id)
        return await _attempt(self, stream, anyhow, command_id, folded)

    patch.setattr(Handler, "_attempt", attempt)


def appends_again_when_in_doubt(patch: pytest.MonkeyPatch) -> None:
    """A lost answer is taken for a lost request, and the command sent under another id."""

    async def attempt(
        self: Handler[Any, Any, Any],
        stream: Stream[Any],
        order: Order[Any],
        command_id: UUID,
        folded: Folded[Any],
    ) -> Answer[Any, Any] | None:
        answer = await _attempt(self, stream, order, command_id, folded)
        if answer is None and (late := await self._store.find(stream, command_id)) is not None:
            version = folded.version + len(late.recorded)
            again = Append(
                stream, version, [late.recorded[0].event], order.actor, UUID(int=version), 0
            )
            await self._store.append(again)
        return answer

    patch.setattr(Handler, "_attempt", attempt)


def tears_a_command(patch: pytest.MonkeyPatch) -> None:
    """Of two events the first alone is taken."""

    async def append(self: MemoryEventStore, request: Append[Any]) -> Sequence[Recorded[Any]]:
        first = Append(
            request.stream,
            request.expected_version,
            request.events[:1],
            request.actor,
            request.command_id,
            request.fingerprint,
        )
        return await _append(self, first)

    patch.setattr(MemoryEventStore, "append", append)


def takes_the_lock_for_granted(patch: pytest.MonkeyPatch) -> None:
    """What was decided in a stale state is appended all the same."""

    async def append(self: MemoryEventStore, request: Append[Any]) -> Sequence[Recorded[Any]]:
        version = len(await self.read(request.stream))
        moved = Append(
            request.stream,
            version,
            request.events,
            request.actor,
            request.command_id,
            request.fingerprint,
        )
        return await _append(self, moved)

    patch.setattr(MemoryEventStore, "append", append)


def forgets_no_sleeper(patch: pytest.MonkeyPatch) -> None:
    """A follower that has left is still registered."""

    @contextmanager
    def sleeping_on(self: Wakeups, name: str, after: int = TOPIC) -> Iterator[Sleeper]:
        sleeper = Sleeper(after)
        self._sleepers.setdefault(name, set()).add(sleeper)
        yield sleeper

    patch.setattr(Wakeups, "sleeping_on", sleeping_on)


def gives_an_event_twice(patch: pytest.MonkeyPatch) -> None:
    """Who goes on at a cursor is given that event again."""
    follow = Feed.follow

    def from_before(
        self: Feed, stream: Stream[Any], *, after: int = 0
    ) -> AsyncGenerator[Recorded[Any]]:
        return follow(self, stream, after=max(0, after - 1))

    patch.setattr(Feed, "follow", from_before)


MISTAKES: Sequence[Mistake] = (
    believes_a_stale_rejection,
    knows_no_repeat,
    answers_a_repeat_with_the_present,
    takes_any_command_for_a_repeat,
    ignores_the_expected_version,
    appends_again_when_in_doubt,
    tears_a_command,
    takes_the_lock_for_granted,
    forgets_no_sleeper,
    gives_an_event_twice,
)
