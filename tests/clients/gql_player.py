"""Players at a server with gql: they are told, and tell, what those of Node are and do."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from gql import gql

from tests.clients.gql_lesson import Tokens, answer, follow

DOCUMENTS = Path(__file__).parent / "node" / "documents"
IN_A_GAME = {"MAKE_MOVE", "GAME"}
Order = dict[str, Any]


def tell(**line: object) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


def document(name: str) -> str:
    return (DOCUMENTS / f"{name.lower().replace('_', '-')}.graphql").read_text()


async def no_token() -> str:
    return ""


class Player:
    def __init__(self, name: str, url: str) -> None:
        self._name = name
        self._url = url
        self._credentials: Order = {}
        self._account = Tokens(self._log_in)
        self._seat = Tokens(no_token)
        self._latest: Order = {}

    async def carry_out(self, order: Order, tasks: asyncio.TaskGroup) -> object:
        match order["what"]:
            case "signUp":
                self._credentials = order["credentials"]
                return await self._ask(Tokens(no_token), "SIGN_UP", input=self._credentials)
            case "sit":
                self._seat = Tokens(lambda: self._issue(order["gameId"]))
                return None
            case "follow":
                tasks.create_task(self._follow(order["gameId"]))
                return None
            case "kept":
                return self._latest["game"]
            case _:
                tokens = self._seat if order["document"] in IN_A_GAME else self._account
                return await self._ask(tokens, order["document"], **order["variables"])

    async def _ask(self, tokens: Tokens, name: str, **variables: object) -> dict[str, Any]:
        request = gql(document(name))
        request.variable_values = variables
        return await answer(self._url, tokens, request)

    async def _log_in(self) -> str:
        return token_of(await self._ask(Tokens(no_token), "LOGIN", input=self._credentials))

    async def _issue(self, game_id: str) -> str:
        token = await self._ask(self._account, "ISSUE_INTRATOKEN", input={"gameId": game_id})
        tell(player=self._name, issued=game_id)
        return token_of(token)

    async def _follow(self, game_id: str) -> None:
        request = gql(document("GAME_EVENTS"))
        request.variable_values = {"gameId": game_id}
        async for event in follow(self._url, self._seat, request):
            self._latest = event
            tell(player=self._name, event=event)
        tell(player=self._name, over=game_id)


def token_of(answered: dict[str, Any]) -> str:
    (given,) = answered.values()
    return f"{given['tokenType']} {given['accessToken']}"


async def carried_out(player: Player, order: Order, tasks: asyncio.TaskGroup) -> None:
    tell(number=order["number"], answer=await player.carry_out(order, tasks))


async def play(url: str) -> None:
    """Carry out orders until there are no more."""
    players: dict[str, Player] = {}
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    async with asyncio.TaskGroup() as tasks:
        async for line in lines:
            order = json.loads(line)
            player = players.setdefault(order["player"], Player(order["player"], url))
            tasks.create_task(carried_out(player, order, tasks))
        raise SystemExit


if __name__ == "__main__":
    asyncio.run(play(sys.argv[1]))
