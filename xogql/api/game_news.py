"""A game's events from a version on, each presented with the game at its version."""

from collections.abc import Hashable

from xogql import game
from xogql.api.game_type import GameEvent, event_of, game_of
from xogql.game import GameId
from xogql.store.event_store import Recorded, Stream
from xogql.store.states import Folded, States


class GameNews:
    """News of one game, until it is over; *stay*: until a rematch is agreed on."""

    __slots__ = ("_folded", "_states", "_stay", "stream")

    def __init__(
        self,
        states: States[game.State, game.Event],
        stream: Stream[game.Event],
        folded: Folded[game.State],
        *,
        stay: bool,
    ) -> None:
        self.stream = stream
        self._states = states
        self._folded = folded
        self._stay = stay

    @property
    def key(self) -> Hashable:
        """See News."""
        return self.stream.name, self._stay

    @property
    def after(self) -> int:
        """See News."""
        return self._folded.version

    @property
    def is_over(self) -> bool:
        """See News."""
        state = self._folded.state
        if self._stay and isinstance(state, game.Finished):
            return state.rematch is not None
        return isinstance(state, game.Finished | game.Cancelled)

    def event(self, recorded: Recorded[game.Event]) -> GameEvent:
        """See News."""
        self._folded = self._states.grow(self.stream, self._folded, [recorded])
        return event_of(recorded, game_of(GameId(self.stream.name), self._folded))
