"""The house at play: it reads what it owes a game, thinks, and sends a command as players do."""

import logging
from dataclasses import replace

from xogql import game
from xogql.game import Cell, GameId, MakeMove
from xogql.game.bots import Level
from xogql.play.calls import Calls
from xogql.play.duty import command_id, duty_in
from xogql.play.handler import BusyError, Handler, Order
from xogql.play.thinker import Thinker, ThoughtLostError, resting, thinking
from xogql.play.thoughts import Choosing
from xogql.store.codec import GAMES
from xogql.store.event_store import EventStoreError, Stream
from xogql.store.states import States

logger = logging.getLogger(__name__)


class BotPlayer:
    """Plays for the house. *seconds*: how long it may think about a move.

    What it does at a version of a game has one command id, whichever process does it and however
    often: the log takes it once.
    """

    def __init__(
        self,
        handler: Handler[game.Command, game.State, game.Event],
        states: States[game.State, game.Event],
        calls: Calls,
        *,
        seconds: float,
    ) -> None:
        self._handler = handler
        self._states = states
        self._calls = calls
        self._seconds = seconds

    async def play(self) -> None:
        """Answer one call after another, for ever, with a process of its own to think in.

        What fails is left to the sweep.
        """
        async with thinking() as thinker:
            while True:
                game_id = await resting(thinker, self._calls.take)
                try:
                    await self._answer(game_id, thinker)
                except (BusyError, EventStoreError, ThoughtLostError) as error:
                    logger.warning("the house could not answer in %s: %r", game_id, error)

    async def _answer(self, game_id: GameId, thinker: Thinker) -> None:
        stream = Stream(GAMES, game_id)
        folded = await self._states.load(stream)
        state, duty = folded.state, duty_in(folded.state)
        if duty is None or not isinstance(state, game.Playing):
            return
        known = command_id(game_id, folded.version)
        question = Choosing(state.rules, state.board, duty.mark, duty.level, known.int)
        cell = await self._chosen(question, thinker)
        order = Order(MakeMove(duty.player, cell), duty.player, known, folded.version)
        # A refusal means that the game has moved on: whoever moved it has called, too.
        await self._handler.handle(stream, order)

    async def _chosen(self, question: Choosing, thinker: Thinker) -> Cell:
        """Choose a cell; what is too hard to think about is thought about less.

        Raises:
            ThoughtLostError: if that was lost, too.
        """
        try:
            return await thinker.think(question, self._seconds)
        except ThoughtLostError:
            logger.warning("a thought of the level %s was lost", question.level)
            return await thinker.think(replace(question, level=Level.EASY), self._seconds)
