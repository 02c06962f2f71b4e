"""A player's games that wait or are played: each again whenever it has changed, by one follower."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TypeAlias

from xogql import game
from xogql.game import GameId, PlayerId
from xogql.live.together import Together
from xogql.live.topics import of_player
from xogql.live.wakeups import NEWEST, Sleeper, Wakeups
from xogql.store.event_store import Stream
from xogql.store.states import Folded, States

MOST = 100
"""How many games of a player are followed at most: the newest."""

Known: TypeAlias = Folded[game.State]
Seats: TypeAlias = Together[PlayerId, Sequence[GameId]]
Present: TypeAlias = Together[Stream[game.Event], Known]


@dataclass(frozen=True, slots=True)
class Turnover:
    """Games that came or changed, and those that are followed no more, each as it is now.

    *snapshot*: it begins anew with all there are.
    """

    snapshot: bool
    games: Mapping[GameId, Known]
    gone: Mapping[GameId, Known]


class UnderWay:
    """Tells players how their games go on: the newest state of each, and no backlog.

    *seats* gives a player's newest MOST games that wait or are played, newest first; *present*
    reads games; *states* keeps those that this process knows already.
    """

    def __init__(
        self,
        wakeups: Wakeups,
        states: States[game.State, game.Event],
        seats: Seats,
        present: Present,
    ) -> None:
        self._wakeups = wakeups
        self._states = states
        self._seats = seats
        self._present = present

    async def follow(self, player: PlayerId) -> AsyncGenerator[Turnover]:
        """Yield all games under way, then what has changed, for ever.

        While the log cannot be read, it waits. Close it (`contextlib.aclosing`) to leave.
        """
        snapshot = True
        with closing(_Watch(self._wakeups)) as watch:
            topic = watch.sleep_on(of_player(player))
            while True:
                # Before reading: what happens in between is heard the next time.
                watch.news.clear()
                heard = watch.heard()
                if topic.take() or watch.lacks_some:
                    heard |= watch.change_to((await self._seats.of([player]))[player])
                turnover = watch.tell(await self._newest(heard), snapshot=snapshot)
                if turnover.snapshot or turnover.games or turnover.gone:
                    yield turnover
                snapshot = False
                await watch.news.wait()

    async def _newest(self, heard: Mapping[GameId, int]) -> Mapping[GameId, Known]:
        """Give games at the versions that were heard of, or newer; one kept here needs no query."""
        streams = {each: self._states.stream(each) for each in heard}
        kept = {each: self._states.kept(stream) for each, stream in streams.items()}
        known = {each: it for each, it in kept.items() if it and it.version >= heard[each]}
        read = await self._present.of([streams[each] for each in heard if each not in known])
        return known | {GameId(stream.name): folded for stream, folded in read.items()}


class _Watch:
    """What one follower sleeps on, and which version of each game it has told."""

    def __init__(self, wakeups: Wakeups) -> None:
        self.news = asyncio.Event()
        self.lacks_some = False
        self._wakeups = wakeups
        self._topics = ExitStack()
        self._beds: dict[GameId, tuple[Sleeper, ExitStack]] = {}
        self._listed: Sequence[GameId] = ()

    def sleep_on(self, topic: str) -> Sleeper:
        """Be woken by a topic, too."""
        return self._topics.enter_context(self._wakeups.sleeping_on(topic, news=self.news))

    def heard(self) -> dict[GameId, int]:
        """Tell of which games there were hints past what was told, and to which version."""
        hints = {each: (bed.take(), bed.after) for each, (bed, _) in self._beds.items()}
        return {each: version for each, (version, after) in hints.items() if version > after}

    def change_to(self, listed: Sequence[GameId]) -> dict[GameId, int]:
        """Follow these games, and give those that must be read: who came, and who is to go."""
        came = set(listed) - self._beds.keys()
        for each in came:
            stack = ExitStack()
            bed = stack.enter_context(self._wakeups.sleeping_on(each, 0, news=self.news))
            bed.take()
            self._beds[each] = bed, stack
        self._listed, self.lacks_some = listed, False
        return dict.fromkeys(came | (self._beds.keys() - set(listed)), NEWEST)

    def tell(self, known: Mapping[GameId, Known], *, snapshot: bool) -> Turnover:
        """Give what is new of these games; those that are over, or not listed, are left."""
        going_on = [each for each in self._listed if each in known and _goes_on(known[each])]
        told = [each for each in going_on if self._is_news(each, known[each].version)]
        left = known.keys() - set(going_on)
        if left and len(self._beds) >= MOST:  # older ones may move up
            self.lacks_some = True
            self.news.set()
        gone = [each for each in left if self._leave(each)]
        return Turnover(
            snapshot, {each: known[each] for each in told}, {each: known[each] for each in gone}
        )

    def _is_news(self, game_id: GameId, version: int) -> bool:
        bed, _ = self._beds[game_id]
        before, bed.after = bed.after, max(bed.after, version)
        return version > before

    def _leave(self, game_id: GameId) -> bool:
        """Follow a game no more, and tell whether it was ever told of."""
        bed, stack = self._beds.pop(game_id)
        stack.close()
        return bed.after > 0

    def close(self) -> None:
        """Sleep no more."""
        self._topics.close()
        for _, stack in self._beds.values():
            stack.close()


def _goes_on(folded: Known) -> bool:
    return isinstance(folded.state, game.Waiting | game.Playing)
