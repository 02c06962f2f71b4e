"""The contract of the log: append to a stream, read a stream, find a command again."""

from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from xogql.game import PlayerId
from xogql.store.codec import Category, Event

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)


class Stream(NamedTuple, Generic[E]):
    """One game's or player's events; *name* is its id everywhere: `game-<uuid>`."""

    category: Category[E]
    name: str


class Append(NamedTuple, Generic[E]):
    """What a command asks the log to take: all of its events, one at least, or none."""

    stream: Stream[E]
    expected_version: int
    events: Sequence[E]
    actor: PlayerId
    command_id: UUID
    fingerprint: int


class Recorded(NamedTuple, Generic[E_co]):
    """An event in its place in the log."""

    stream: str
    version: int
    event: E_co
    actor: PlayerId
    command_id: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Answered(Generic[E_co]):
    """A command that the log knows: how its payload is told from another's, what it appended."""

    fingerprint: int
    recorded: Sequence[Recorded[E_co]]


Ring = Callable[[Sequence[Recorded[Event]]], None]
"""Told what was appended, after the commit; never raises."""


class EventStoreError(Exception):
    """The log did not do what it was asked."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class VersionConflictError(EventStoreError):
    """Nothing was appended: the stream is at another version, or knows the command already."""


class OutcomeUnknownError(EventStoreError):
    """The connection broke before the answer: the command's id tells whether it was appended."""


class UnavailableError(EventStoreError):
    """The log cannot be reached, or takes nothing, at present."""


class TakenError(EventStoreError):
    """Nothing was appended: a read model holds that name for another stream."""


class EventStore(Protocol):
    """The log. Versions count from 1 and have no gaps; `after` is exclusive."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        """Append all of the request's events past its expected version, then ring the bell.

        Raises:
            ValueError: if there are no events.
            VersionConflictError: if another append took the version, or the id is known.
            TakenError: if a read model refuses a name that must be unique.
            OutcomeUnknownError: if the connection broke on the way.
            UnavailableError: if nothing was appended, and not for the command's sake.
        """
        ...

    async def read(
        self, stream: Stream[E], *, after: int = 0, upto: int | None = None
    ) -> Sequence[Recorded[E]]:
        """Read the events past version *after*, up to version *upto* with it."""
        ...

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        """Read several streams at once, each past its own version: *most* events of each."""
        ...

    async def find(self, stream: Stream[E], command_id: UUID) -> Answered[E] | None:
        """Find what a command appended, if it did."""
        ...

    async def grown(self, versions: Mapping[str, int]) -> Mapping[str, int]:
        """Tell which of these streams have grown past these versions, and to which."""
        ...

    def scan(
        self, category: Category[E], kinds: Collection[type[E]]
    ) -> AsyncGenerator[Sequence[Recorded[E]]]:
        """Read the events of these *kinds* of all streams, page by page, each stream in order."""
        ...
