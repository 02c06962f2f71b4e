"""One of the two who play: what a client does, from the sign-up to the last event."""

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx

from xogql.demo import documents
from xogql.demo.documents import Document
from xogql.demo.http_client import HttpClient
from xogql.demo.obstacle import UnexpectedError
from xogql.demo.outcome import expected
from xogql.demo.readable import Json, excerpt
from xogql.demo.socket_client import SocketClient, socket_to
from xogql.demo.transcript import Transcript

_PAGE = 5
_PAGES = 20
_NEWS = "SUBSCRIPTION"


class Participant:
    """Remembers what a client has to: its tokens, the game, and the version it has heard of."""

    def __init__(
        self, name: str, url: str, http: httpx.AsyncClient, transcript: Transcript
    ) -> None:
        self.name = name
        self.username = f"{name.lower()}-{secrets.token_hex(3)}"
        self.game_id = ""
        self.version = 0
        self._password = secrets.token_urlsafe(12)
        self._bearer: str | None = None
        self._intra = ""
        self._url = url
        self._http = HttpClient(name, url, http, transcript)
        self._transcript = transcript
        self._socket: SocketClient
        self._following = ""

    @property
    def account(self) -> Json:
        """The variables of a sign-up or login."""
        return {"input": {"username": self.username, "password": self._password}}

    async def sign_up(self) -> None:
        """Become a player and be signed in."""
        self._bearer = _token(await self._ask(documents.SIGN_UP, self.account))

    async def log_in(self) -> None:
        """Begin another session."""
        self._bearer = None
        self._bearer = _token(await self._ask(documents.LOGIN, self.account))

    async def ask_who_it_is(self) -> None:
        """Ask who one is."""
        await self._ask(documents.ME, {})

    async def create_game(self) -> None:
        """Open a game of 3 in a row on 3x3, with the mark that moves first."""
        rules = {"rows": 3, "columns": 3, "line": 3}
        given = {"rules": rules, "mark": "X", "commandId": str(uuid4())}
        created = await self._ask(documents.CREATE_GAME, {"input": given})
        self.game_id = created["game"]["id"]

    async def find_game_of(self, creator: str) -> None:
        """Look through the waiting games, page by page, for the one that *creator* opened."""
        cursor: str | None = None
        for _ in range(_PAGES):
            page = await self._ask(documents.WAITING_GAMES, {"first": _PAGE, "after": cursor})
            for edge in page["edges"]:
                if edge["node"]["creator"]["username"] == creator:
                    self.game_id = edge["node"]["id"]
                    return
            cursor = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        raise UnexpectedError(who=self.name, expected=f"a game of {creator}", told="other games")

    async def join_game(self) -> None:
        """Take the free seat."""
        given = {"gameId": self.game_id, "commandId": str(uuid4())}
        await self._ask(documents.JOIN_GAME, {"input": given})

    async def take_intratoken(self) -> None:
        """Take the token that plays the game and follows it, and can do nothing else."""
        given = {"gameId": self.game_id}
        self._intra = _token(await self._ask(documents.ISSUE_INTRATOKEN, {"input": given}))

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[None]:
        """Have a socket, with the intratoken as its introduction."""
        async with socket_to(self._url, self.name, self._transcript) as self._socket:
            await self._socket.introduce(self._intra)
            yield

    async def follow(self) -> None:
        """Subscribe to the game's events: the first message is the game as it is."""
        variables = {"gameId": self.game_id}
        self._following = await self._socket.start(documents.GAME_EVENTS, variables)
        self.version = (await self._hear("GameSnapshot"))["version"]

    async def resume(self) -> None:
        """Subscribe to all events past the version that was heard of last."""
        variables = {"gameId": self.game_id, "after": self.version}
        self._following = await self._socket.start(documents.GAME_EVENTS, variables)

    async def hear(self, kind: str) -> None:
        """Wait for the next event: it must be of this *kind*, none missed and none doubled."""
        event = await self._hear(kind)
        if event["version"] != self.version + 1:
            due = f"version {self.version + 1}"
            raise UnexpectedError(who=self.name, expected=due, told=excerpt(event))
        self.version = event["version"]

    async def hear_the_end(self) -> None:
        """Wait until the subscription completes."""
        await self._socket.complete(self._following, _NEWS)

    def move(self, row: int, column: int) -> Json:
        """Give the variables of a move, with a new commandId."""
        command = {"gameId": self.game_id, "commandId": str(uuid4())}
        seen = {"expectedVersion": self.version}
        return {"input": {**command, **seen, "row": row, "column": column}}

    async def move_over_http(self, move: Json, outcome: str = "MakeMoveSuccess") -> Json:
        """Send a *move* that is to have this *outcome*."""
        result = await self._http.ask(documents.MAKE_MOVE, move, self._intra)
        return expected(self.name, documents.MAKE_MOVE, result, outcome)

    async def move_over_socket(self, move: Json, outcome: str = "MakeMoveSuccess") -> Json:
        """Send a *move* that is to have this *outcome* on the socket that events come on."""
        result = await self._socket.ask(documents.MAKE_MOVE, move)
        return expected(self.name, documents.MAKE_MOVE, result, outcome)

    async def see_game(self) -> Json:
        """Ask for the game as it is."""
        return await self._ask(documents.GAME, {"id": self.game_id})

    async def _ask(self, document: Document, variables: Json) -> Json:
        result = await self._http.ask(document, variables, self._bearer)
        return expected(self.name, document, result, document.success)

    async def _hear(self, kind: str) -> Json:
        event = await self._socket.next(self._following, documents.GAME_EVENTS, _NEWS)
        return expected(self.name, documents.GAME_EVENTS, event, kind)


def _token(issued: Json) -> str:
    """Write a token as it travels: with its type before it."""
    return f"{issued['tokenType']} {issued['accessToken']}"
