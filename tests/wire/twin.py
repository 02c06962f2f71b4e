"""The reference server's schema and hooks in Python: our sockets are to do with it what it does."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import strawberry

from xogql.auth.accounts import Accounts
from xogql.auth.tokens import AccessClaims, TokenInvalidError
from xogql.auth.vigil import Claims
from xogql.game import PlayerId

SLOW = 0.3


@strawberry.type
class Query:
    @strawberry.field
    def fails(self) -> int:
        return fail()


@strawberry.type
class Mutation:
    @strawberry.mutation
    def quick(self) -> int | None:
        return 1

    @strawberry.mutation
    async def slow(self) -> int | None:
        await asyncio.sleep(SLOW)
        return 1


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def waits(self) -> AsyncGenerator[int, None]:
        yield 1
        await asyncio.Event().wait()

    @strawberry.subscription
    async def ticks(self) -> AsyncGenerator[int, None]:
        while True:
            yield 1
            await asyncio.sleep(SLOW / 3)

    @strawberry.subscription
    async def ends(self) -> AsyncGenerator[int, None]:
        yield 1
        yield 2

    @strawberry.subscription
    async def fails(self) -> AsyncGenerator[int, None]:
        yield fail()

    @strawberry.subscription
    async def breaks(self) -> AsyncGenerator[int, None]:
        yield 1
        yield fail()

    @strawberry.subscription
    def refuses(self) -> AsyncGenerator[int, None]:
        raise AsItShouldError

    @strawberry.subscription
    async def bequeaths(self) -> AsyncGenerator[int, None]:
        try:
            yield 1
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(SLOW / 3)
            fail()


class AsItShouldError(Exception):
    """Raised where something is to fail."""


def fail() -> int:
    raise AsItShouldError


class Hooks(Accounts):
    """Lets in whoever says so."""

    async def claims_of(self, authorization: str) -> Claims:
        match authorization:
            case "slow":
                await asyncio.sleep(SLOW)
            case "hanging":
                await asyncio.Event().wait()
            case "failing":
                fail()
            case _:
                raise TokenInvalidError
        in_an_hour = datetime.now(UTC) + timedelta(hours=1)
        return AccessClaims(PlayerId("player-nobody"), UUID(int=0), in_an_hour)


def made_a_twin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let servers in this process have this schema, and these hooks."""
    schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription)
    monkeypatch.setattr("xogql.app.EXECUTABLE", schema._schema)
    monkeypatch.setattr("xogql.app.Accounts", Hooks)
