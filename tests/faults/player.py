"""A client outside the servers, who does what docs/protocol.md tells its author to do."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Any
from uuid import UUID

import httpx

from tests.e2e.sockets import RefusedError
from tests.faults.connection import ANSWERING, BROKEN, Connection, Urls
from tests.faults.documents import COMMANDS, FOLLOW, ISSUE_INTRATOKEN, READ
from tests.faults.history import Answer, Following, History, Read, Received, Sent, View

SENT_AGAIN = frozenset({"BUSY", "INTERNAL", "OVERLOADED", "RATE_LIMITED", "TIMEOUT", "UNAVAILABLE"})
"""Errors after which the protocol tells to send it again."""

UNANSWERED = (*BROKEN, httpx.HTTPError)
PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is, and what they say to prove it."""

    id: str
    authorization: str


@dataclass(frozen=True)
class Player:
    """Sends commands until they are answered, and follows games across reconnections.

    *name*: which of the clients it is. *fickle*: how often it gives an unanswered command up, and
    decides anew by what it then sees. *longest_thought*: seconds that it takes for a move at most.
    """

    name: str
    account: Account
    urls: Urls
    http: httpx.AsyncClient
    history: History
    dice: Random
    over_http: bool = False
    fickle: float = 0.0
    longest_thought: float = 0.0
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        made = Connection(self.urls, self.account.authorization, self.dice)
        object.__setattr__(self, "connection", made)

    @property
    def closes(self) -> Sequence[int]:
        """How the servers have closed its sockets."""
        return self.connection.closes

    @property
    def id(self) -> str:
        return self.account.id

    async def command(
        self, mutation: str, token: str | None = None, **wished: object
    ) -> Sent | None:
        """Carry out a command; None, if it was given up unanswered."""
        command_id = UUID(int=self.dice.getrandbits(128), version=4)
        sent = Sent(mutation, self.id, command_id)
        self.history.sent.append(sent)
        variables = {"input": {**wished, "commandId": str(command_id)}}
        try:
            while True:
                data = await self._tried(COMMANDS[mutation], variables, token)
                if data is not None:
                    sent.answer(data[mutation])
                    return sent
                if self.dice.random() < self.fickle:
                    return None
        finally:
            sent.given_up = sent.ended is None

    async def persistent(self, mutation: str, token: str | None = None, **wished: object) -> Sent:
        """Carry out a command; one that was given up is sent anew, as another."""
        while True:
            if sent := await self.command(mutation, token, **wished):
                return sent

    async def intratoken(self, game_id: str) -> str:
        answer = (await self.persist(ISSUE_INTRATOKEN, {"input": {"gameId": game_id}}))[
            "issueIntratoken"
        ]
        return f"{answer['tokenType']} {answer['accessToken']}"

    async def read(self, game_id: str) -> Answer:
        """Look at a game, on whichever server."""
        while True:
            began = monotonic()
            if data := await self._tried(READ, {"id": game_id}, None, over_http=True):
                game: Answer = data["game"]
                self.history.reads.append(Read(self.name, game_id, began, View.of(game)))
                return game

    async def persist(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        """Ask until there is an answer."""
        while True:
            if data := await self._tried(document, variables, None):
                return data

    async def follow(
        self, game_id: str, after: int | None = 0, *, stay: bool = False
    ) -> AsyncGenerator[Answer]:
        """Give every event past a version until the game's end, however often the line breaks.

        Who wants to *stay* is told of a rematch, too.
        """
        following = Following(self.name, game_id, after, stays=stay)
        self.history.followings.append(following)
        while not following.completed:
            try:
                async with aclosing(self._events(following)) as events:
                    async for event in events:
                        yield event
                following.completed = True
            except UNANSWERED:
                await self._pause()
            except RefusedError as refused:
                await self._heed(refused)

    async def corrected(self, game_id: str, after: int) -> int | None:
        """Follow after a version that a game does not have; give the one that is told instead."""
        try:
            async with aclosing(self.follow(game_id, after)) as events:
                await anext(events, None)
        except RefusedError as refused:
            if refused.codes == ["AFTER_OUT_OF_RANGE"]:
                version: int = refused.errors[0]["extensions"]["version"]
                return version
        return None

    async def _events(self, following: Following) -> AsyncGenerator[Answer]:
        after, stay = following.last, following.stays
        variables = {"gameId": following.game, "after": after, "stay": stay}
        async with aclosing(self.connection.operate(FOLLOW, variables)) as results:
            async for data in results:
                event: Answer = data["gameEvents"]
                following.received.append(Received.of(event))
                yield event

    async def _tried(
        self,
        document: str,
        variables: Mapping[str, object],
        token: str | None,
        *,
        over_http: bool = False,
    ) -> dict[str, Any] | None:
        """Ask once; None, after a pause, if it has to be asked again."""
        try:
            if over_http or self.over_http:
                return await self._post(document, variables, token)
            return await self.connection.ask(document, variables, token)
        except UNANSWERED:
            await self._pause()
        except RefusedError as refused:
            await self._heed(refused)
        return None

    async def _post(
        self, document: str, variables: Mapping[str, object], token: str | None
    ) -> dict[str, Any]:
        return await self._post_to(self.dice.choice(self.urls()), document, variables, token)

    async def _post_to(
        self, url: str, document: str, variables: Mapping[str, object], token: str | None
    ) -> dict[str, Any]:
        answer = await self.http.post(
            f"{url}/graphql",
            json={"query": document, "variables": variables},
            headers={"authorization": token or self.account.authorization},
            timeout=ANSWERING,
        )
        told: dict[str, Any] = answer.json()
        if "errors" in told:
            raise RefusedError(told["errors"])
        data: dict[str, Any] = told["data"]
        return data

    async def _heed(self, refused: RefusedError) -> None:
        """Wait as long as an error says, if it may pass.

        Raises:
            RefusedError: if it does not.
        """
        self.history.told.update(refused.codes)
        if not SENT_AGAIN.issuperset(refused.codes):
            raise refused
        wait: float = refused.errors[0]["extensions"].get("retryAfter", PAUSE)
        await asyncio.sleep(wait)

    async def _pause(self) -> None:
        await asyncio.sleep(self.dice.uniform(PAUSE / 2, PAUSE))
