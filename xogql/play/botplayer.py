"""The house at play: it reads what it owes a game, thinks, and sends a command as players do."""

import logging
from dataclasses import replace

from xogql import game
from xogql.game import (
    AcceptOffer,
    Cell,
    DeclineOffer,
    Finished,
    GameId,
    MakeMove,
    Mark,
    OfferKind,
    Playing,
)
from xogql.game.bots import Level
from xogql.play.calls import Calls
from xogql.play.duty import Duty, command_id, duty_in
from xogql.play.handler import BusyError, Order
from xogql.play.rematches import Rematches, rematch_of
from xogql.play.thinker import Thinker, ThoughtLostError, resting, thinking
from xogql.play.thoughts import Choosing, Weighing
from xogql.store.codec import GAMES, UnknownEventError
from xogql.store.event_store import EventStoreError, Stream
from xogql.store.states import States

logger = logging.getLogger(__name__)


_FORESEEN = (BusyError, EventStoreError, ThoughtLostError, UnknownEventError)


class BotPlayer:
    """Plays for the house. *seconds*: how long it may think about a move.

    What it does at a version of a game has one command id, whichever process does it and however
    often: the log takes it once.
    """

    def __init__(
        self,
        rematches: Rematches,
        states: States[game.State, game.Event],
        calls: Calls,
        *,
        seconds: float,
    ) -> None:
        self._rematches = rematches
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
                except _FORESEEN as error:
                    logger.warning("the house could not answer in %s: %r", game_id, error)

    async def _answer(self, game_id: GameId, thinker: Thinker) -> None:
        stream = Stream(GAMES, game_id)
        folded = await self._states.load(stream)
        state, duty = folded.state, duty_in(folded.state)
        if duty is None or not isinstance(state, Playing | Finished):
            return
        known = command_id(game_id, folded.version)
        command = await self._command(game_id, state, duty, known.int, thinker)
        # A refusal means that the game has moved on: whoever moved it has called, too.
        await self._rematches.handle(stream, Order(command, duty.player, known, folded.version))

    async def _command(
        self, game_id: GameId, state: Playing | Finished, duty: Duty, seed: int, thinker: Thinker
    ) -> game.Command:
        """Answer an offer, or else make a move, which declines it, too."""
        if duty.offer is not None:
            if await self._accepts(duty.offer, state, duty.mark, thinker):
                return AcceptOffer(duty.player, duty.offer, rematch_of(game_id))
            if not duty.is_to_move:
                return DeclineOffer(duty.player, duty.offer)
        question = Choosing(state.rules, state.board, duty.mark, duty.level, seed)
        return MakeMove(duty.player, await self._chosen(question, thinker))

    async def _accepts(
        self, offer: OfferKind, state: Playing | Finished, mark: Mark, thinker: Thinker
    ) -> bool:
        """Tell whether the house takes an offer: a draw only where it cannot hope for more."""
        if offer is not OfferKind.DRAW:
            return True
        try:
            return await thinker.think(Weighing(state.rules, state.moves, mark), self._seconds) <= 0
        except ThoughtLostError:
            logger.warning("a position could not be weighed")
            return False

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
