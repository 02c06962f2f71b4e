"""The sweep: finds what the house has left undone, after a crash or a failure anywhere."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, TypeAlias, TypeVar

from cachetools import TTLCache

from xogql import game
from xogql.game import GameId
from xogql.play.calls import Calls
from xogql.play.duty import duty_in
from xogql.store.codec import GAMES, UnknownEventError
from xogql.store.event_store import Stream
from xogql.store.states import Folded, States

Place = TypeVar("Place")

KNOWN = 20_000
"""Games of which it is remembered at which version the house had nothing to do."""

REMEMBERED = 300.0
"""For so long, in seconds: a log that was restored may tell otherwise."""

Look: TypeAlias = Callable[[Place | None], Awaitable[tuple[Mapping[GameId, int], Place | None]]]
"""Gives games that may wait for the house with their versions, past a place, and the next place."""


class Sweep(Generic[Place]):
    """Looks through the house's games, a page at a time, and calls the house where it is due."""

    def __init__(
        self, look: Look[Place], states: States[game.State, game.Event], calls: Calls
    ) -> None:
        self._look = look
        self._states = states
        self._calls = calls
        self._place: Place | None = None
        self._idle: TTLCache[GameId, int] = TTLCache(KNOWN, REMEMBERED)

    async def page(self) -> bool:
        """Look at the next page; tell whether it was the last, so that the first is next.

        Raises:
            EventStoreError: if it cannot be read.
        """
        games, self._place = await self._look(self._place)
        doubtful = [each for each, version in games.items() if self._idle.get(each) != version]
        streams = [Stream(GAMES, each) for each in doubtful]
        for stream, folded in (await self._known(streams)).items():
            if duty := duty_in(folded.state):
                self._calls.add(duty.opponent, GameId(stream.name))
            else:
                self._idle[GameId(stream.name)] = folded.version
        return self._place is None

    async def _known(
        self, streams: Sequence[Stream[game.Event]]
    ) -> Mapping[Stream[game.Event], Folded[game.State]]:
        """Load games; those that a newer server has gone on with are for it to go on with."""
        try:
            return await self._states.load_many(streams)
        except UnknownEventError:
            found = {}
            for each in streams:
                with suppress(UnknownEventError):
                    found[each] = await self._states.load(each)
            return found
