"""A process that crashes, and loses requests and answers, when it is told to."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, TypeAlias, TypeVar

from broadcaster import BroadcastBackend

from tests.play.stores import Between
from xogql import game
from xogql.live.bell import Bell
from xogql.live.feed import Feed
from xogql.live.hints import parse
from xogql.play.handler import Answer, Handler
from xogql.store.codec import GAMES
from xogql.store.event_store import (
    Append,
    EventStore,
    OutcomeUnknownError,
    Recorded,
    Ring,
    UnavailableError,
)
from xogql.store.states import States

E = TypeVar("E")
GameAnswer: TypeAlias = Answer[game.State, game.Event]


class Trouble(Enum):
    """What may befall an append."""

    NONE = auto()
    REQUEST_LOST = auto()
    ANSWER_LOST = auto()
    UNAVAILABLE = auto()
    CRASH_BEFORE = auto()
    CRASH_AFTER = auto()


class CrashError(Exception):
    """The process is gone; *committed*: the append was done."""

    def __init__(self, *, committed: bool) -> None:
        self.committed = committed


class Troubled(Between):
    """Rings after each append, but for the next one that its *trouble* befalls."""

    def __init__(self, store: EventStore, ring: Ring) -> None:
        super().__init__(store)
        self.trouble = Trouble.NONE
        self._ring = ring

    async def append(self, request: Append[E]) -> Sequence[Recorded[E]]:
        """See EventStore."""
        trouble, self.trouble = self.trouble, Trouble.NONE
        if trouble is Trouble.REQUEST_LOST:
            raise OutcomeUnknownError
        if trouble is Trouble.UNAVAILABLE:
            raise UnavailableError
        if trouble is Trouble.CRASH_BEFORE:
            raise CrashError(committed=False)
        recorded: Sequence[Recorded[Any]] = await super().append(request)
        if trouble is Trouble.CRASH_AFTER:
            raise CrashError(committed=True)
        if trouble is Trouble.ANSWER_LOST:
            raise OutcomeUnknownError
        self._ring(recorded)
        return recorded


class Hearsay(BroadcastBackend):
    """Keeps what the bell says until somebody carries it on."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def publish(self, _channel: str, message: str) -> None:
        """See BroadcastBackend."""
        self.said.append(message)


class Process:
    """What one server process has: kept states, a handler, a bell and a feed."""

    def __init__(self, log: EventStore) -> None:
        self.hearsay = Hearsay()
        self.bell = Bell(self.hearsay)
        self.store = Troubled(log, self.bell.ring)
        self.states = States(self.store, GAMES, game.initial_state, game.evolve)
        self.handler = Handler(self.store, self.states, game.decide)
        self.feed = Feed(self.store, self.bell.wakeups, self.bell.tails)

    def hear(self, payload: str) -> None:
        """Hear what another process said, or nobody."""
        for hint in parse(payload):
            self.bell.wakeups.wake(*hint)

    async def ask(self) -> None:
        """Ask the log for what grew, as the backstop does."""
        for hint in (await self.store.grown(self.bell.wakeups.followed())).items():
            self.bell.wakeups.wake(*hint)

    def is_idle(self) -> bool:
        """Nothing is left of its followers."""
        return not self.bell.wakeups._sleepers and not self.bell.tails._tails
