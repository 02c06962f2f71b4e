"""Rematches: agreed on in the first game, begun by whoever sees that the second is not there."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from random import SystemRandom
from uuid import UUID

from xogql import game
from xogql.game import Finished, GameId, RematchAgreed, return_match
from xogql.play.handler import Accepted, Answer, BusyError, Handler, Order
from xogql.store.codec import GAMES, UnknownEventError
from xogql.store.event_store import Stream
from xogql.store.names import name_after
from xogql.store.states import Folded, States

SWEEP = 10.0
"""Seconds between two looks for what a crash has left, at most."""

_random = SystemRandom()


class Rematches:
    """Carries out what may lead to a rematch, and begins what was agreed on, each exactly once.

    The second game's name and the id of the command that creates it are made of the first one's
    name: any process may create it, at any time, and one does.
    """

    def __init__(
        self,
        handler: Handler[game.Command, game.State, game.Event],
        states: States[game.State, game.Event],
    ) -> None:
        self._handler = handler
        self._states = states

    async def handle(
        self, stream: Stream[game.Event], order: Order[game.Command]
    ) -> Answer[game.State, game.Event]:
        """Carry out an order, as `Handler.handle` does; the rematch that it agrees on has begun.

        Raises:
            BusyError: if it lost every race.
            EventStoreError: if the log cannot be reached.
        """
        answer = await self._handler.handle(stream, order)
        if isinstance(answer, Accepted) and _agrees(answer):
            await self.begun(GameId(stream.name))
        return answer

    async def begun(self, game_id: GameId) -> Folded[game.State]:
        """Give the rematch that was agreed on in a game, and begin it if nobody has yet.

        Raises:
            LookupError: if none was.
            BusyError, EventStoreError: as `handle` does.
        """
        first = (await self._states.load(Stream(GAMES, game_id))).state
        if not isinstance(first, Finished) or first.rematch is None:
            raise LookupError(game_id)
        stream = Stream(GAMES, first.rematch)
        second = await self._states.load(stream)
        if not isinstance(second.state, game.Absent):
            return second
        command = return_match(game_id, first)
        known = UUID(first.rematch.removeprefix(f"{GAMES.prefix}-"))
        answer = await self._handler.handle(stream, Order(command, command.by, known))
        return answer.folded

    async def attend(self, left: Callable[[], Awaitable[Sequence[GameId]]]) -> None:
        """Begin what a crash has *left*: at once, and then now and then, for ever."""
        while True:
            await self.begin(await left())
            await asyncio.sleep(_random.uniform(SWEEP / 2, SWEEP))

    async def begin(self, left: Sequence[GameId]) -> None:
        """Begin the rematches of these games, but those that are for others to begin."""
        for each in left:
            with suppress(BusyError, UnknownEventError):
                await self.begun(each)


def rematch_of(game_id: GameId) -> GameId:
    """Name the rematch of a game: it has one at most."""
    return GameId(name_after(GAMES, game_id))


def _agrees(answer: Accepted[game.State, game.Event]) -> bool:
    return any(isinstance(each.event, RematchAgreed) for each in answer.recorded)
