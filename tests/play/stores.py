"""A log between the handler and the log: what goes wrong on the way is made here."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import Any, TypeVar
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
    """Passes everything on, and keeps what was to be appended."""

    def __init__(self, store: EventStore) -> None:
        self.store = store
        self.appends: list[Append[Any]] = []

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends.append(request)
        return await self.store.append(request)

    async def read(
        self, stream: Stream[E], *, after: int = 0, upto: int | None = None
    ) -> Sequence[Recorded[E]]:
        return await self.store.read(stream, after=after, upto=upto)

    async def read_many(
        self, streams: Mapping[Stream[E], int], *, most: int | None = None
    ) -> Mapping[Stream[E], Sequence[Recorded[E]]]:
        return await self.store.read_many(streams, most=most)

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
        if len(self.appends) == 1:
            raise OutcomeUnknownError
        return recorded


class LosesTheRequest(Between):
    """The first append never arrives, and nobody knows."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        if self.appends:
            return await super().append(request)
        self.appends.append(request)
        raise OutcomeUnknownError


class AppendsLate(LosesTheRequest):
    """The first append arrives when the log was asked for it already, and knew nothing."""

    def __init__(self, store: EventStore) -> None:
        super().__init__(store)
        self._finds = 0

    async def find(self, stream: Stream[E], command_id: UUID) -> Answered[E] | None:
        found = await super().find(stream, command_id)
        self._finds += 1
        if self._finds == 1:
            await self.store.append(self.appends[0])
        return found


class LosesEveryRace(Between):
    """Others are always faster."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends.append(request)
        raise VersionConflictError


class OutOfReach(Between):
    """Takes no append, and says so."""

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        self.appends.append(request)
        raise UnavailableError
