"""A log between the handler and the log: what goes wrong on the way is made here."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from xogql.store.codec import Category
from xogql.store.event_store import (
    Answered,
    Append,
    EventStore,
    OutcomeUnknownError,
    Recorded,
    Stream,
    UnavailableError,
    VersionConflictError,
)

E = TypeVar("E")


class Between:
    """Passes everything on."""

    def __init__(self, store: EventStore) -> None:
        self.store = store
        self.appends = 0

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends += 1
        return await self.store.append(request)

    async def read(
        self, stream: Stream[E], *, after: int = 0, upto: int | None = None
    ) -> Sequence[Recorded[E]]:
        return await self.store.read(stream, after=after, upto=upto)

    async def read_many(
        self, streams: Mapping[Stream[E], int]
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        return await self.store.read_many(streams)

    async def find(self, stream: Stream[E], command_id: UUID) -> Answered[E] | None:
        return await self.store.find(stream, command_id)

    async def grown(self, versions: Mapping[str, int]) -> Mapping[str, int]:
        return await self.store.grown(versions)

    def scan(
        self, category: Category[E], kinds: Collection[type[E]]
    ) -> AsyncGenerator[Sequence[Recorded[E]]]:
        return self.store.scan(category, kinds)


class LosesTheAnswer(Between):
    """Appends, but the answer of the first append is lost."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        recorded = await super().append(request)
        if self.appends == 1:
            raise OutcomeUnknownError
        return recorded


class LosesTheRequest(Between):
    """The first append never arrives, and nobody knows."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends += 1
        if self.appends == 1:
            raise OutcomeUnknownError
        return await self.store.append(request)


class AppendsLate(Between):
    """The first append arrives after the log was asked for it, once its sender gave it up."""

    def __init__(self, store: EventStore) -> None:
        super().__init__(store)
        self._finds = 0
        self._late: Append[object] | None = None

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends += 1
        if self.appends == 1:
            self._late = Append(
                request.stream,
                request.expected_version,
                request.events,
                request.actor,
                request.command_id,
                request.fingerprint,
            )
            raise OutcomeUnknownError
        return await self.store.append(request)

    async def find(self, stream: Stream[E], command_id: UUID) -> Answered[E] | None:
        found = await self.store.find(stream, command_id)
        if self._late is not None:
            late, self._late = self._late, None
            await self.store.append(late)
        return found


class LosesEveryRace(Between):
    """Others are always faster."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends += 1
        raise VersionConflictError


class OutOfReach(Between):
    """Takes no append, and says so."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends += 1
        raise UnavailableError
