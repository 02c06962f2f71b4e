"""Calls for the house: the games in which one of its players has something to do."""

from xogql import game
from xogql.game import GameId
from xogql.play.duty import duty_in
from xogql.play.fairness import FairQueue
from xogql.play.handler import Accepted
from xogql.store.event_store import Stream

MOST = 10_000
"""Games that wait for the house here; more are left to the sweep."""

EACH = 100
"""Of them, those of one opponent."""


class Calls(FairQueue[GameId]):
    """Games that wait for the house; its opponents take turns."""

    def __init__(self) -> None:
        super().__init__(most=MOST, each=EACH)

    def hear(self, stream: Stream[game.Event], accepted: Accepted[game.State, game.Event]) -> None:
        """Call the house if what was carried out leaves it something to do; see Hear."""
        if duty := duty_in(accepted.folded.state):
            self.add(duty.opponent, GameId(stream.name))
