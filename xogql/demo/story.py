"""The story: what happens in which order, and what there is to learn from each step."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from xogql.demo.documents import SIGN_UP
from xogql.demo.obstacle import PATIENCE, ObstacleError
from xogql.demo.participant import Participant
from xogql.demo.readable import drawn
from xogql.demo.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Story:
    """Ann opens a game, Bob joins it, Ann wins. The server is at *url*."""

    url: str
    ann: Participant
    bob: Participant
    transcript: Transcript

    async def tell(self) -> None:
        """Play it from the first sign-up to the last question."""
        await self._sign_in()
        await self._meet()
        await self._play()
        await self._look_back()

    async def _sign_in(self) -> None:
        self.transcript.step(
            "Ann signs up",
            "Every request is a POST of a GraphQL document with its variables. This one is answered"
            " with a session; its access token says who she is from now on.",
        )
        await self.ann.sign_up()
        self.transcript.curl(self.url, SIGN_UP, self.ann.account)
        self.transcript.step("Ann logs in", "So she does the next time, wherever she is.")
        await self.ann.log_in()
        self.transcript.step("Ann asks who she is", "The token travels in the Authorization header.")
        await self.ann.ask_who_one_is()
        self.transcript.step("Bob signs up", "He is another client, with a connection of his own.")
        await self.bob.sign_up()

    async def _meet(self) -> None:
        self.transcript.step(
            "Ann creates a game",
            "She wishes for X, which moves first. The commandId is made by the client: sent again,"
            " it would give the same game and no second one.",
        )
        await self.ann.create_game()
        self.transcript.step("Bob looks for a game", "Ann's is among those that wait for a player.")
        await self.bob.find_game_of(self.ann.username)
        self.transcript.step("Bob joins", "He takes the free seat and the game begins: X to move.")
        await self.bob.join_game()
        self.transcript.step(
            "Both take an intratoken",
            "It is good for one player in this one game, and whoever finds it can do nothing else.",
        )
        await self.ann.take_intratoken()
        await self.bob.take_intratoken()

    async def _play(self) -> None:
        async with self.ann.connected(self._opening("Ann")):
            async with self.bob.connected():
                await self._follow()
                await self._first_moves()
            await self._ann_moves_alone()
            async with self.bob.connected():
                await self._bob_resumes()
                await self._last_moves()

