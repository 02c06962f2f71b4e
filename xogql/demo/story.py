"""The story: what happens in which order, and what there is to learn from each step."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from xogql.demo.documents import SIGN_UP
from xogql.demo.obstacle import PATIENCE, UnexpectedError
from xogql.demo.participant import Participant
from xogql.demo.readable import Json, drawn, excerpt
from xogql.demo.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Story:
    """Ann opens a game, Bob joins it, Ann wins."""

    url: str
    ann: Participant
    bob: Participant
    transcript: Transcript

    async def tell(self) -> None:
        """Play it, from the first sign-up to the last question."""
        self.transcript.note(
            "What a client sends is marked -->, what it gets <--. A GraphQL document is printed"
            " when it is sent for the first time, and from then on only named."
        )
        await self._sign_in()
        await self._meet()
        await self._play()
        await self._look_back()

    async def _sign_in(self) -> None:
        self.transcript.step(
            "Ann signs up",
            "Every request is a POST of a GraphQL document with its variables. This one is answered"
            " with a session: its access token says who she is from now on.",
        )
        await self.ann.sign_up()
        self.transcript.curl(f"{self.url}/graphql", SIGN_UP, self.ann.account)
        self.transcript.step("Ann logs in", "This is how she comes back the next time.")
        await self.ann.log_in()
        self.transcript.step(
            "Ann asks who she is", "The token travels in the Authorization header of each request."
        )
        await self.ann.ask_who_it_is()
        self.transcript.step("Bob signs up", "He is another client, with connections of his own.")
        await self.bob.sign_up()

    async def _meet(self) -> None:
        self.transcript.step(
            "Ann creates a game",
            "She wishes for X, which moves first. The commandId is made by the client: should she"
            " send the request again, she gets this game and no second one.",
        )
        await self.ann.create_game()
        self.transcript.step(
            "Bob looks for a game", "Ann's is among those that wait, newest first."
        )
        await self.bob.find_game_of(self.ann.username)
        self.transcript.step("Bob joins the game", "He takes the free seat and the game begins.")
        await self.bob.join_game()
        self.transcript.step(
            "Both take an intratoken",
            "It names one player in this one game: it plays and follows it, and does nothing else.",
        )
        await self.ann.take_intratoken()
        await self.bob.take_intratoken()

    async def _play(self) -> None:
        self.transcript.step(
            "Both open a socket",
            "Its subprotocol is graphql-transport-ws. The first message is the introduction, with"
            " the token; the server acknowledges it.",
        )
        async with self.ann.connected():
            async with self.bob.connected():
                await self._begin()
                await self._refuse_and_repeat()
            await self._move_while_bob_is_away()
            self.transcript.step("Bob is back", "His intratoken is still good.")
            async with self.bob.connected():
                await self._resume()
                await self._finish()

    async def _begin(self) -> None:
        self.transcript.step(
            "Both follow the game",
            "The first message is a snapshot: the game at its present version. From then on there"
            " is one message an event, and each has the next version.",
        )
        await self.ann.follow()
        await self.bob.follow()
        self.transcript.step(
            "Ann moves, over HTTP",
            "The answer comes once the move stands in the log; both hear of it on their sockets."
            " The expectedVersion says which game she saw: she moves in that one or not at all.",
        )
        await self.ann.move_over_http(self.ann.move(1, 1))
        await self._both_hear("MoveMade")

    async def _refuse_and_repeat(self) -> None:
        self.transcript.step(
            "Bob tries the same cell, over the socket",
            "A refusal is data and no error: it has a code and the game as it is. Nothing happened,"
            " so nobody hears anything.",
        )
        await self.bob.move_over_socket(self.bob.move(1, 1), outcome="GameRejection")
        self.transcript.step("Bob takes another cell", "One socket carries commands and events.")
        await self.bob.move_over_socket(self.bob.move(0, 1))
        await self._both_hear("MoveMade")
        self.transcript.step(
            "Ann moves, and sends it again",
            "As if the first answer had been lost on the way: the same commandId gets the same"
            " answer, and the move is made and heard of once.",
        )
        move = self.ann.move(0, 2)
        await self._same_answers(move)
        await self._both_hear("MoveMade")
        self.transcript.step("Bob moves, over HTTP", "Both ways lead to the same game.")
        await self.bob.move_over_http(self.bob.move(2, 0))
        await self._both_hear("MoveMade")
        self.transcript.step("Bob's socket is closed", "His train goes into a tunnel.")

    async def _same_answers(self, move: Json) -> None:
        first = await self.ann.move_over_http(move)
        second = await self.ann.move_over_http(move)
        if first != second:
            raise UnexpectedError(who="Ann", expected=excerpt(first), told=excerpt(second))

    async def _move_while_bob_is_away(self) -> None:
        self.transcript.step("Ann moves while Bob is away", "The game needs nobody to listen.")
        await self.ann.move_over_socket(self.ann.move(2, 2))
        await self.ann.hear("MoveMade")

    async def _resume(self) -> None:
        self.transcript.step(
            "Bob resumes",
            f"He follows the game after version {self.bob.version}, the last he heard of, and is"
            " told what he missed: every event, in order, each once.",
        )
        await self.bob.resume()
        await self.bob.hear("MoveMade")

    async def _finish(self) -> None:
        self.transcript.step("Bob closes the diagonal", "Ann threatens two lines at once.")
        await self.bob.move_over_socket(self.bob.move(0, 0))
        await self._both_hear("MoveMade")
        self.transcript.step(
            "Ann wins",
            "One command, two events: the move, and the end of the game with the line that won."
            " No event can follow, so the subscriptions complete.",
        )
        await self.ann.move_over_socket(self.ann.move(1, 2))
        await self._both_hear("MoveMade")
        await self._both_hear("GameEnded")
        await self.ann.hear_the_end()
        await self.bob.hear_the_end()
        self.transcript.step("Both hang up", "A socket may stay open for the next operation, too.")

    async def _look_back(self) -> None:
        self.transcript.step("Bob looks at the game", "It is what its events come to.")
        game = await self.bob.see_game()
        if game["winner"] != "X":
            raise UnexpectedError(who="Bob", expected="X as the winner", told=excerpt(game))
        self.transcript.picture(drawn(game["board"]["rows"], game["winningLine"]))
        self.transcript.note(f"X wins: {self.ann.username} has beaten {self.bob.username}.")

    async def _both_hear(self, kind: str) -> None:
        await self.ann.hear(kind)
        await self.bob.hear(kind)


@asynccontextmanager
async def telling(url: str, transcript: Transcript) -> AsyncGenerator[Story]:
    """Have the two clients for the server at *url*."""
    async with _connections() as for_ann, _connections() as for_bob:
        ann = Participant("Ann", url, for_ann, transcript)
        bob = Participant("Bob", url, for_bob, transcript)
        yield Story(url, ann, bob, transcript)


def _connections() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=PATIENCE, trust_env=False)
