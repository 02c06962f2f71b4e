"""Presence: who is at a game, told by every process to all. It decides nothing by itself."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from uuid import UUID, uuid4

from xogql.game import GameId, PlayerId
from xogql.live.hall import Hall, View
from xogql.live.jobs import Backoff, running, supervise
from xogql.live.stay import GRAIN
from xogql.live.wakeups import Sleeper, Wakeups
from xogql.store.event_store import EventStoreError
from xogql.store.whereabouts import Claim, Whereabouts

TOPIC = "presence"

BEAT = 1.5
"""Seconds between two signs of life of a process that has told something, and between two looks."""

LAPSE = 5.0
"""Seconds after which what a process told is good no more, if it gives no sign of life."""

PAUSE = 0.02
"""Seconds in which news is gathered before it is told, or read."""

FAREWELL = 1.0
"""Seconds that a process which ends takes at most to take back what it told."""

TIDY = 30.0
_LAST_ROUNDS = 4
LONGEST_ABSENCE = 24 * 3600.0
"""Seconds after which it is forgotten who was at a game where nobody is."""

MOST_LEFT = 10_000
"""So many games where nobody is are remembered, at most, from one tidying to the next."""

FORGOTTEN_AT_ONCE = 5_000

_NEVER = float("inf")

Publish = Callable[[str], None]


class Visit:
    """One connection to a game. Set *cut* before it ends if it breaks without a goodbye.

    *news* is set when there may be another view.
    """

    def __init__(self, hall: Hall, player_id: PlayerId, presence: "Presence") -> None:
        self.cut = False
        self.news = asyncio.Event()
        self._is_seen = False
        self._hall = hall
        self._player_id = player_id
        self._presence = presence

    def seat(self, players: Collection[PlayerId]) -> None:
        """Tell who has seats in the game: others watch."""
        if self._hall.seat(players):
            self._presence.stir(self._hall)

    def hearing(self, version: int) -> AbstractContextManager[Sleeper]:
        """Take it for news when the game has grown past a version, while the block runs."""
        return self._presence.wakeups.sleeping_on(self._hall.game_id, version, news=self.news)

    async def view(self) -> View:
        """Give who is where; at first wait, for ever if need be, until the visitor is seen, too."""
        self.news.clear()
        while not (self._is_seen or self._hall.shows(self._player_id)):
            await self.news.wait()
            self.news.clear()
        self._is_seen = True
        return self._hall.view


class Presence:
    """Tells where the players of this process are, and hears it of all.

    What is told is written by one writer for all who come and go, and read once for all who follow;
    a hint says when. What a process told is nothing when its signs of life stop.
    """

    def __init__(self, wakeups: Wakeups, publish: Publish, whereabouts: Whereabouts) -> None:
        self.wakeups = wakeups
        self._publish = publish
        self._whereabouts = whereabouts
        self._process = uuid4()
        self._halls: dict[GameId, Hall] = {}
        self._unsettled: dict[GameId, Hall] = {}
        self._followed: dict[GameId, Hall] = {}
        self._left: dict[GameId, Hall] = {}
        self._stirred, self._wanted = asyncio.Event(), asyncio.Event()
        self._telling, self._hearing = Backoff(), Backoff()
        self._cursor: datetime | None = None
        self._read_at = 0.0
        self._alive: frozenset[UUID] = frozenset()
        self._remembered: frozenset[UUID] = frozenset()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Tell and hear while the block runs; at its end take back what was told."""
        try:
            async with running(
                partial(supervise, "presence teller", self._tell, self._telling),
                partial(supervise, "presence hearer", self._hear, self._hearing),
                partial(supervise, "presence tidier", self._tidy),
            ):
                yield
        finally:
            if self._halls:
                with suppress(EventStoreError, TimeoutError):
                    async with asyncio.timeout(FAREWELL):
                        await self._whereabouts.forget(self._process)
                    self._publish(TOPIC)

    @contextmanager
    def visit(self, game_id: GameId, player_id: PlayerId, *, hidden: bool) -> Iterator[Visit]:
        """Be at a game while the block runs; *hidden*: looking away."""
        hall = self._halls.setdefault(game_id, Hall(game_id))
        visit, stay = Visit(hall, player_id, self), hall.stay_of(player_id)
        stay.come(_now(), hidden=hidden)
        hall.followers.add(visit.news)
        self._followed[game_id] = hall
        self._left.pop(game_id, None)
        self._wanted.set()
        self.stir(hall)
        try:
            yield visit
        finally:
            stay.go(_now(), hidden=hidden, cut=visit.cut)
            hall.followers.remove(visit.news)
            if not hall.followers:
                self._left[game_id] = self._followed.pop(game_id)
                hall.left_at = _now()
                hall.overlook()
            self.stir(hall)

    def stir(self, hall: Hall) -> None:
        """Have it looked at what there is to tell of a game."""
        self._unsettled[hall.game_id] = hall
        self._stirred.set()

    async def _tell(self) -> None:
        """Tell what is to be shown, when it is due, and give signs of life, for ever."""
        next_beat = 0.0
        while True:
            self._stirred.clear()
            at = _now()
            for hall in self._unsettled.values():
                hall.settle(at)
            if (claims := self._changes(at)) or (self._halls and next_beat < at + GRAIN):
                await self._say(claims)
                next_beat = at + BEAT
            self._telling.reset()
            due = self._calm()
            await self._rest(min(due, next_beat) if self._halls else due)

    def _changes(self, at: float) -> list[Claim]:
        return [claim for hall in self._unsettled.values() for claim in hall.changes(at)]

    async def _say(self, claims: list[Claim]) -> None:
        """Give a sign of life, and tell these claims; all again, if others have forgotten them."""
        halls = list(self._unsettled.values())
        if await self._whereabouts.beat(self._process, timedelta(seconds=LAPSE)):
            halls = list(self._halls.values())
            for hall in halls:
                hall.tell_again()
                self._unsettled[hall.game_id] = hall
            claims = self._changes(_now())
        if claims:
            await self._whereabouts.tell(self._process, claims)
            for hall in halls:
                hall.note_told()
            self._publish(TOPIC)

    def _calm(self) -> float:
        """Leave games alone of which all is told; give the moment when more will be due."""
        at, dues = _now(), [_NEVER]
        for hall in list(self._unsettled.values()):
            if hall.due is not None:
                dues.append(hall.due)
            elif not hall.changes(at):
                del self._unsettled[hall.game_id]
                if hall.is_empty:
                    del self._halls[hall.game_id]
                    self._left.pop(hall.game_id, None)
        return min(dues)

    async def _rest(self, until: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(None if until == _NEVER else until):
                await self._stirred.wait()
                await asyncio.sleep(PAUSE)

    async def _hear(self) -> None:
        """Read what is told of the games that are followed here, for ever."""
        with self.wakeups.sleeping_on(TOPIC, news=self._wanted) as sleeper:
            while True:
                sleeper.clear()
                if self._followed:
                    await self._look()
                self._hearing.reset()
                with suppress(TimeoutError):
                    async with asyncio.timeout(BEAT if self._followed else None):
                        await self._wanted.wait()
                await asyncio.sleep(PAUSE)

    async def _look(self) -> None:
        """Read once for all followers: what changed, and all of games that were not read yet."""
        fresh = {game_id: hall for game_id, hall in self._followed.items() if not hall.is_read}
        try:
            sight = await self._whereabouts.read(self._cursor, list(fresh))
        except EventStoreError:
            if _now() - self._read_at > LAPSE:
                self._see(frozenset(), self._remembered, fresh.keys() ^ self._followed.keys())
            raise
        self._cursor, self._read_at = sight.at, _now()
        changed = set(fresh)
        for claim in sight.claims:
            hall = self._followed.get(claim.game_id)
            if hall is not None and (hall.is_read or claim.game_id in fresh):
                hall.see(claim)
                changed.add(claim.game_id)
        self._see(sight.alive, sight.remembered, changed)

    def _see(
        self, alive: frozenset[UUID], remembered: frozenset[UUID], changed: Collection[GameId]
    ) -> None:
        """Have the views made anew that may have changed."""
        if (alive, remembered) != (self._alive, self._remembered):
            self._alive, self._remembered = alive, remembered
            changed = {*changed, *(each for each, hall in self._followed.items() if hall.is_read)}
        for game_id in changed:
            if (hall := self._followed.get(game_id)) is not None:
                hall.look(alive, remembered)

    async def _tidy(self) -> None:
        """Forget what is long past, now and then, for ever."""
        rounds = 0
        while True:
            await asyncio.sleep(TIDY)
            self._forget_those_who_left(_now() - LONGEST_ABSENCE)
            rounds = _LAST_ROUNDS if self._halls else max(0, rounds - 1)
            if rounds:
                await self._whereabouts.tidy(self._process)

    def _forget_those_who_left(self, before: float) -> None:
        """Forget the games that everybody left before a moment, and the first ones of too many."""
        for hall in list(islice(self._left.values(), FORGOTTEN_AT_ONCE)):
            if hall.left_at < before or len(self._left) > MOST_LEFT:
                del self._left[hall.game_id]
                hall.forget()
                self.stir(hall)


def _now() -> float:
    return asyncio.get_running_loop().time()
