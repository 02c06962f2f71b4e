"""Guests whom nobody misses go: without a game, long unheard, and with no token that is good."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from xogql import player
from xogql.live.jobs import jittered
from xogql.play.handler import Accepted, Handler, Order
from xogql.readmodels.players import Idle, Players
from xogql.store.codec import PLAYERS
from xogql.store.event_store import EventStore, Stream
from xogql.store.states import States

PERIOD = 3600.0
"""Seconds between two rounds, at most."""

PAGE = 500
LEEWAY = timedelta(minutes=1)
"""So long after its tokens a session counts as one: what was begun with them has ended by then."""


class Usher:
    """Shows guests out. Any number of ushers may go round at once: the log decides who was first.

    *age*: how long a guest is waited for. A round goes on where the last one ended, so that guests
    who stay for their games are not looked at again and again.
    """

    def __init__(
        self,
        players: Players,
        handler: Handler[player.Command, player.Player, player.Event],
        age: timedelta,
        now: Callable[[], datetime],
    ) -> None:
        self._players = players
        self._handler = handler
        self._age = age
        self._now = now
        self._place: Idle | None = None

    @classmethod
    def of(cls, engine: AsyncEngine, store: EventStore, age: timedelta) -> Self:
        """Make the usher of a log."""
        members = States(store, PLAYERS, player.initial_state, player.evolve)
        handler = Handler(store, members, player.decide)
        return cls(Players(engine), handler, age, lambda: datetime.now(UTC))

    async def run(self) -> None:
        """Go round for ever."""
        while True:
            await self.go_round()
            await asyncio.sleep(jittered(PERIOD))

    async def go_round(self) -> int:
        """Let guests go, and tell how many went.

        Raises:
            EventStoreError: if the log or the read model cannot be reached.
        """
        gone = 0
        while page := await self._players.idle(self._age, after=self._place, first=PAGE):
            for each in page:
                gone += await self._let_go(each)
            self._place = page[-1]
        return gone

    async def _let_go(self, guest: Idle) -> bool:
        """Let a guest go, unless they are heard again or have gone by another's doing."""
        at = int((self._now() - LEEWAY).timestamp())
        order = Order(player.LetGuestGo(at), guest.player_id)
        answer = await self._handler.handle(Stream(PLAYERS, guest.player_id), order)
        return isinstance(answer, Accepted)
