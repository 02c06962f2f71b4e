"""Reviews of games that are over: thought of once for all who ask, and kept a while."""

import asyncio
import logging

from cachetools import LRUCache

from xogql.game import Finished
from xogql.game.bots import Review, is_solved
from xogql.play.fairness import FairQueue
from xogql.play.thinker import Thinker, ThoughtLostError, resting, thinking
from xogql.play.thoughts import Reviewing

KEPT = 256
"""Reviews."""

MOST = 64
"""Games that wait for their review at once."""

EACH = 4
"""Of them, those that one player asked for."""

logger = logging.getLogger(__name__)


class NoReviewError(Exception):
    """Too many games wait for their review: try again in a moment."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Reviews:
    """Reviews games; a review depends on the rules and the moves alone, whosever they are.

    *seconds*: how long one may take.
    """

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._kept: LRUCache[Reviewing, Review] = LRUCache(KEPT)
        self._asked: dict[Reviewing, asyncio.Future[Review]] = {}
        self._waiting = FairQueue[Reviewing](most=MOST, each=EACH)

    async def of(self, game: Finished, asker: str) -> Review:
        """Give the review of a game; askers take turns.

        Raises:
            NoReviewError: if too many wait, or the thought was lost.
        """
        question = Reviewing(game.rules, game.moves)
        if (kept := self._kept.get(question)) is not None:
            return kept
        answer = self._asked.get(question)
        if answer is None:
            if not self._waiting.add(asker, question):
                raise NoReviewError
            answer = self._asked[question] = asyncio.get_running_loop().create_future()
        # Others may wait for it, too: who leaves takes it from none of them.
        return await asyncio.shield(answer)

    async def review(self) -> None:
        """Review one game after another, for ever, in a process of its own."""
        async with thinking() as thinker:
            while True:
                question = await resting(thinker, self._waiting.take)
                await self._answer(question, thinker)

    async def _answer(self, question: Reviewing, thinker: Thinker) -> None:
        answer = self._asked[question]
        try:
            review = await thinker.think(question, self._seconds)
            if review.exact or not is_solved(question.rules):
                self._kept[question] = review
            answer.set_result(review)
        except ThoughtLostError as error:
            logger.warning("a review was lost: %r", error)
        finally:
            del self._asked[question]
            if not answer.done():
                answer.set_exception(NoReviewError())
                answer.exception()  # who asked may be gone
