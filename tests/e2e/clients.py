"""Players as the tests have them: somebody at a server, over HTTP and by socket."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any, Self

import httpx

from tests.e2e.documents import (
    FOLLOW_GAME,
    FOLLOW_LOBBY,
    FOLLOW_OWN,
    FOLLOW_PRESENCE,
    PLAY_AS_GUEST,
    READ_EVENTS,
    READ_GAME,
    READ_OWN,
    WISHES,
)
from tests.e2e.servers import Server
from tests.e2e.sockets import Operation, RefusedError, Socket, introduced

PASSWORD = "correct horse battery"

Answer = dict[str, Any]


@dataclass(frozen=True)
class Client:
    """Whoever sends *authorization* to a server; None: nobody in particular."""

    server: Server
    authorization: str | None = None

    def on(self, server: Server) -> Self:
        return replace(self, server=server)

    def saying(self, authorization: str | None) -> Self:
        return replace(self, authorization=authorization)

    async def post(self, document: str, **variables: object) -> httpx.Response:
        headers = {"content-type": "application/json"}
        if self.authorization is not None:
            headers["authorization"] = self.authorization
        body = json.dumps({"query": document, "variables": variables})
        return await self.server.http.post("/graphql", content=body, headers=headers)

    async def ask(self, document: str, **variables: object) -> Answer:
        """Give the data.

        Raises:
            RefusedError: if there are errors.
        """
        answer = (await self.post(document, **variables)).json()
        if "errors" in answer:
            raise RefusedError(answer["errors"])
        data: Answer = answer["data"]
        return data

    async def wish(self, mutation: str, **wished: object) -> Answer:
        """Give what a mutation answers: a success or a refusal."""
        data: Answer = (await self.ask(WISHES[mutation], input=wished))[mutation]
        return data

    async def game(self, game_id: str, **more: object) -> Answer:
        game: Answer = (await self.ask(READ_GAME, id=game_id, **more))["game"]
        return game

    async def own(self, game_id: str, **more: object) -> Answer:
        """Give a game with what it tells to this client alone."""
        game: Answer = (await self.ask(READ_OWN, id=game_id, **more))["game"]
        return game

    async def events(self, game_id: str) -> list[Answer]:
        edges = (await self.ask(READ_EVENTS, id=game_id))["game"]["events"]["edges"]
        return [edge["node"] for edge in edges]

    def socket(self) -> AbstractAsyncContextManager[Socket]:
        return introduced(self.server.socket_url, self.authorization)

    @asynccontextmanager
    async def following(self, game_id: str, **more: object) -> AsyncGenerator["News"]:
        """Follow a game on a socket of its own."""
        async with self.socket() as socket:
            yield News(await socket.begin(FOLLOW_GAME, gameId=game_id, **more), "gameEvents")

    @asynccontextmanager
    async def at(self, game_id: str, attention: str = "HERE") -> AsyncGenerator["News"]:
        """Be at a game, on a socket of its own."""
        wanted = {"gameId": game_id, "attention": attention}
        async with self.socket() as socket:
            yield News(await socket.begin(FOLLOW_PRESENCE, **wanted), "gamePresence")

    @asynccontextmanager
    async def in_the_lobby(self, **status: str) -> AsyncGenerator["News"]:
        async with self.socket() as socket:
            yield News(await socket.begin(FOLLOW_LOBBY, **status), "lobby")

    @asynccontextmanager
    async def following_own(self) -> AsyncGenerator["News"]:
        async with self.socket() as socket:
            yield News(await socket.begin(FOLLOW_OWN), "myGames")


@dataclass(frozen=True)
class News(AsyncIterator[Answer]):
    """What a subscription brings, without the name of its field."""

    operation: Operation
    field: str

    async def __anext__(self) -> Answer:
        data: Answer = (await anext(self.operation))[self.field]
        return data


@dataclass(frozen=True)
class Player(Client):
    """Somebody signed in."""

    id: str = ""
    username: str = ""

    async def create(self, **wished: object) -> str:
        """Open a game, with X if nothing else is wished for, and give its id."""
        answer = await self.wish("createGame", **{"mark": "X", **wished})
        game_id: str = answer["game"]["id"]
        return game_id

    async def seated(self, game_id: str) -> "Seat":
        """Take an intratoken, and be its holder."""
        token = await self.wish("issueIntratoken", gameId=game_id)
        authorization = f"{token['tokenType']} {token['accessToken']}"
        return Seat(self.server, authorization, self.id, self.username, game_id)


@dataclass(frozen=True)
class Seat(Player):
    """A player in one game, who holds an intratoken of it."""

    game_id: str = ""

    async def move(self, row: int, column: int, **more: object) -> Answer:
        return await self.wish("makeMove", gameId=self.game_id, row=row, column=column, **more)

    async def resign(self, **more: object) -> Answer:
        return await self.wish("resign", gameId=self.game_id, **more)

    async def abort(self, **more: object) -> Answer:
        return await self.wish("abortGame", gameId=self.game_id, **more)

    async def offer(self, kind: str, **more: object) -> Answer:
        return await self.wish("makeOffer", gameId=self.game_id, kind=kind, **more)

    async def withdraw(self, kind: str, **more: object) -> Answer:
        return await self.wish("withdrawOffer", gameId=self.game_id, kind=kind, **more)

    async def accept(self, kind: str, **more: object) -> Answer:
        return await self.wish("acceptOffer", gameId=self.game_id, kind=kind, **more)

    async def decline(self, kind: str, **more: object) -> Answer:
        return await self.wish("declineOffer", gameId=self.game_id, kind=kind, **more)


@dataclass(frozen=True)
class Match:
    """A game that has begun, and its two players with their intratokens."""

    id: str
    x: Seat
    o: Seat

    async def play(self, *cells: tuple[int, int]) -> list[Answer]:
        """Make moves by turns, X first."""
        return [await (self.x, self.o)[turn % 2].move(*cell) for turn, cell in enumerate(cells)]


async def signed_up(server: Server, name: str) -> Player:
    """Make a player whose username begins with *name*."""
    username = f"{name}-{token_hex(6)}"
    return in_session(
        server, await Client(server).wish("signUp", username=username, password=PASSWORD)
    )


async def as_guest(server: Server) -> Player:
    session = (await Client(server).ask(PLAY_AS_GUEST))["playAsGuest"]
    return in_session(server, session)


def in_session(server: Server, session: Answer) -> Player:
    """Be whom a server has let in."""
    authorization = f"{session['tokenType']} {session['accessToken']}"
    return Player(server, authorization, session["player"]["id"], session["player"]["username"])


async def begun(x: Player, o: Player, **wished: object) -> Match:
    """Begin a game: the one creates it with X, the other joins."""
    game_id = await x.create(**wished)
    await o.wish("joinGame", gameId=game_id)
    return Match(game_id, await x.seated(game_id), await o.seated(game_id))
