"""One player's stay at a game, as one process sees it: shown once it has lasted."""

from xogql.store.whereabouts import Whereabout

DEBOUNCE = 3.0
"""So many seconds somebody must be away before it is shown; who comes is shown at once."""

GRAIN = 0.001
"""Timers may come so many seconds early."""


class Stay:
    """Counts a player's connections to a game. Moments are seconds of one clock.

    *shown* is where the player is for others, *since* that moment; None: they have not come yet.
    """

    __slots__ = ("_changed_at", "_hidden", "_open", "_whereabout", "shown", "since")

    def __init__(self) -> None:
        self.shown: Whereabout | None = None
        self.since = 0.0
        self._whereabout = Whereabout.LEFT
        self._changed_at = 0.0
        self._open = 0
        self._hidden = 0

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection."""
        return self._open + self._hidden > 0

    @property
    def due(self) -> float | None:
        """When the player's whereabouts are to be shown, if they are not."""
        if self._whereabout is self.shown:
            return None
        at_once = self._whereabout is Whereabout.HERE or self.shown is None
        return self._changed_at + (0.0 if at_once else DEBOUNCE)

    def come(self, at: float, *, hidden: bool) -> None:
        """Note that a connection began; *hidden*: nobody looks at it."""
        if hidden:
            self._hidden += 1
        else:
            self._open += 1
        self._note(at, Whereabout.LEFT)

    def go(self, at: float, *, hidden: bool, cut: bool) -> None:
        """Note that a connection ended; *cut*: without a goodbye."""
        if hidden:
            self._hidden -= 1
        else:
            self._open -= 1
        self._note(at, Whereabout.CUT_OFF if cut else Whereabout.LEFT)

    def settle(self, at: float) -> None:
        """Show what has lasted long enough."""
        if (due := self.due) is not None and due < at + GRAIN:
            self.shown, self.since = self._whereabout, self._changed_at

    def _note(self, at: float, otherwise: Whereabout) -> None:
        if self._open:
            whereabout = Whereabout.HERE
        else:
            whereabout = Whereabout.HIDDEN if self._hidden else otherwise
        if whereabout is not self._whereabout:
            self._whereabout, self._changed_at = whereabout, at
