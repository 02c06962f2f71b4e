"""Two players who meet at a server, by way of a client's program."""

import asyncio
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import uuid4

from tests.clients.program import Answer, Program, only

PASSWORD = "correct horse battery"
ANN, BOB = PLAYERS = ("ann", "bob")


@dataclass
class Match:
    """A game of ann's, who has X, and bob's; both follow it."""

    program: Program
    game_id: str

    def begin(self, player: str, row: int, column: int, **more: object) -> asyncio.Future[Any]:
        """Make a move, and do not wait for the answer."""
        given = {"gameId": self.game_id, "row": row, "column": column, **more}
        return self.program.command(player, "MAKE_MOVE", **{"commandId": str(uuid4()), **given})

    async def move(self, player: str, row: int, column: int, **more: object) -> Answer:
        """Make a move, and give the game that it brought about."""
        return await brought(self.begin(player, row, column, **more))

    async def seen(self, version: int) -> None:
        """Wait until both have seen an event of that version."""
        await self.program.saw(version, *PLAYERS)

    @property
    def versions(self) -> list[list[int]]:
        """The versions that each has been shown."""
        return [self.program.versions(each) for each in PLAYERS]

    async def kept(self) -> list[Answer]:
        """Give the game as each of them has it, in the library's cache if it has one."""
        kept = [self.program.order(each, "kept", gameId=self.game_id) for each in PLAYERS]
        return [without_typenames(await each) for each in kept]

    async def history(self) -> Answer:
        """Ask, as ann, for the game as it was at all its versions."""
        return await self.program.ask(ANN, "HISTORY", id=self.game_id)

    async def renewed(self) -> None:
        """Wait until both had to ask for another intratoken: theirs expired while they followed."""
        issued = self.program.issued
        await self.program.until(lambda: all(issued[each] > 1 for each in PLAYERS))

    async def over(self) -> None:
        """Wait until both have been told that the game is over."""
        await self.program.until(lambda: self.program.over == {*PLAYERS})


async def brought(answer: asyncio.Future[Any]) -> Answer:
    """Wait for a command's answer, which is no refusal, and give its game."""
    given = only(await answer)
    assert "code" not in given, given
    game: Answer = given["game"]
    return game


def without_typenames(value: Any) -> Any:
    """Leave out what some libraries ask for by themselves."""
    match value:
        case dict():
            return {
                name: without_typenames(each)
                for name, each in value.items()
                if name != "__typename"
            }
        case list():
            return [without_typenames(each) for each in value]
        case _:
            return value


async def sat_down(program: Program) -> Match:
    """Sign two players up, let them meet in a game, take seats there and follow it."""
    for player in PLAYERS:
        username = f"{player}-{token_hex(6)}"
        credentials = {"username": username, "password": PASSWORD}
        await program.order(player, "signUp", credentials=credentials)
    created = await brought(program.command(ANN, "CREATE_GAME", mark="X", commandId=str(uuid4())))
    waiting = await program.ask(BOB, "WAITING_GAMES")
    assert created["id"] in [edge["node"]["id"] for edge in waiting["edges"]]
    await brought(program.command(BOB, "JOIN_GAME", gameId=created["id"], commandId=str(uuid4())))
    for player in PLAYERS:
        await program.order(player, "sit", gameId=created["id"])
        await program.order(player, "follow", gameId=created["id"])
    match = Match(program, created["id"])
    await match.seen(2)
    return match
