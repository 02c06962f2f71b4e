"""A command's way: load, decide, append; whoever lost a race decides anew."""

import asyncio
from collections.abc import Callable, Sequence
from random import SystemRandom
from typing import Generic, NamedTuple, TypeAlias, TypeVar
from uuid import UUID, uuid4

from xogql.game import CommandRejectedError, GameMovedOnError, PlayerId
from xogql.store.codec import fingerprint
from xogql.store.event_store import (
    Append,
    EventStore,
    OutcomeUnknownError,
    Recorded,
    Stream,
    VersionConflictError,
)
from xogql.store.states import Folded, States

C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)
S = TypeVar("S")
E = TypeVar("E")

ATTEMPTS = 64
"""How often a command is decided at most."""

DOUBT = 7
"""After so many lost races the kept state is doubted: a log that was restored is behind it."""

LONGEST_PAUSE = 0.05
"""How long a command waits at most before it is decided anew, in seconds."""

_random = SystemRandom()


class CommandIdReusedError(CommandRejectedError):
    """This commandId was used for another command."""


class BusyError(Exception):
    """So many commands want this stream that this one did not get its turn: send it again."""


class Accepted(NamedTuple, Generic[S, E]):
    """A command was carried out, now or when it was first sent.

    *folded*: the stream's state at the command's last event; *recorded*: what it appended.
    """

    folded: Folded[S]
    recorded: Sequence[Recorded[E]]


class Rejected(NamedTuple, Generic[S]):
    """The rules do not allow a command; *folded* is the state that they refused it in."""

    reason: CommandRejectedError
    folded: Folded[S]


Answer: TypeAlias = Accepted[S, E] | Rejected[S]

Hear: TypeAlias = Callable[[Stream[E], Accepted[S, E]], None]
"""Told what was carried out, after the commit; never suspends and never raises."""


class Order(NamedTuple, Generic[C_co]):
    """A command as it was sent: by whom, which id makes it one, which version it was made for."""

    command: C_co
    actor: PlayerId
    command_id: UUID | None = None
    expected_version: int | None = None


class Handler(Generic[C, S, E]):
    """Carries out the commands of one category of streams, each exactly once.

    *hear*: told of each, of a repeat again.
    """

    def __init__(
        self,
        store: EventStore,
        states: States[S, E],
        decide: Callable[[C, S], Sequence[E]],
        hear: Hear[E, S] | None = None,
    ) -> None:
        self._store = store
        self._states = states
        self._decide = decide
        self._hear = hear

    async def handle(self, stream: Stream[E], order: Order[C]) -> Answer[S, E]:
        """Carry out an order and answer after the commit; a repeat gets the first answer.

        The state that this process keeps is tried first: the lock of the log tells if it is
        stale, and a rejection is believed only of a state just read.

        Raises:
            BusyError: if it lost every race.
            EventStoreError: if the log cannot be reached.
        """
        command_id = order.command_id or uuid4()
        may_be_known = order.command_id is not None
        folded = self._states.kept(stream)
        for attempt in range(ATTEMPTS):
            if attempt > 1:
                await _pause(attempt)
            fresh = folded is None
            folded = folded or await self._states.load(stream)
            answer = await self._attempt(stream, order, command_id, folded)
            if isinstance(answer, Accepted):
                return answer
            # What the log did not say of one attempt it may say at any later one.
            may_be_known |= answer is None
            if may_be_known:
                first = await self._first_answer(stream, order, command_id)
                if first is not None:
                    return first
            if answer is not None and fresh:
                return answer
            folded = None
            if attempt == DOUBT:
                self._states.forget(stream)
        raise BusyError

    async def _attempt(
        self, stream: Stream[E], order: Order[C], command_id: UUID, folded: Folded[S]
    ) -> Answer[S, E] | None:
        """Decide in this state and append; None if the log did not take it, or did not say."""
        try:
            if order.expected_version not in (None, folded.version):
                raise GameMovedOnError
            events = self._decide(order.command, folded.state)
        except CommandRejectedError as reason:
            return Rejected(reason, folded)
        digest = fingerprint(order.command)
        try:
            recorded = await self._store.append(
                Append(stream, folded.version, events, order.actor, command_id, digest)
            )
        except (VersionConflictError, OutcomeUnknownError):
            return None
        grown = self._states.grow(stream, folded, recorded)
        return self._told(stream, Accepted(grown, recorded))

    async def _first_answer(
        self, stream: Stream[E], order: Order[C], command_id: UUID
    ) -> Answer[S, E] | None:
        """Give the answer of a command that the log knows already."""
        known = await self._store.find(stream, command_id)
        if known is None:
            return None
        if known.fingerprint != fingerprint(order.command):
            return Rejected(CommandIdReusedError(), await self._states.load(stream))
        folded = await self._states.at(stream, known.recorded[-1].version)
        return self._told(stream, Accepted(folded, known.recorded))

    def _told(self, stream: Stream[E], accepted: Accepted[S, E]) -> Accepted[S, E]:
        if self._hear is not None:
            self._hear(stream, accepted)
        return accepted


async def _pause(attempt: int) -> None:
    """Let others pass, the longer the more often the race was lost."""
    longest = min(LONGEST_PAUSE, 0.001 * 2**attempt)
    await asyncio.sleep(_random.uniform(0, longest))
