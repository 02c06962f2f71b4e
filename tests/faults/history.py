"""What the clients sent and were told, and what each follower received."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Self
from uuid import UUID

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """A game as somebody was shown it; *rows* are drawn, a dot for a free cell.

    *offers*: without an answer, each a kind and a mark.
    """

    version: int
    status: str
    turn: str | None
    rows: tuple[str, ...]
    offers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, game: Answer) -> Self:
        drawn = tuple("".join(mark or "." for mark in row) for row in game["board"]["rows"])
        offers = tuple((each["kind"], each["mark"]) for each in game["offers"])
        return cls(game["version"], game["status"], game["turn"], drawn, offers)


@dataclass(slots=True)
class Sent:
    """A command, from its first sending to its answer; *shown*: the game that came with it.

    One that was *refused* has the code. One that was never answered has neither; its sender may
    have *given up*.
    """

    mutation: str
    actor: str
    command_id: UUID
    game: str | None = None
    began: float = field(default_factory=monotonic)
    ended: float | None = None
    shown: View | None = None
    refused: str | None = None
    given_up: bool = False

    @property
    def waits(self) -> bool:
        return self.ended is None and not self.given_up

    @property
    def acknowledged(self) -> bool:
        return self.ended is not None and self.refused is None

    def answer(self, answer: Answer) -> None:
        self.refused = answer.get("code")
        if shown := answer.get("game"):
            self.game, self.shown = shown["id"], View.of(shown)
        self.ended = monotonic()


ENDS = frozenset({"GameEnded", "GameCancelled"})


@dataclass(frozen=True, slots=True)
class Read:
    """A query's answer to one client; *began*: when it was asked."""

    reader: str
    game: str
    began: float
    shown: View


@dataclass(frozen=True, slots=True)
class Received:
    """A message of a subscription; *what*: its type, and what it says more."""

    version: int
    what: tuple[object, ...]
    shown: View
    at: float

    @classmethod
    def of(cls, event: Answer) -> Self:
        more = tuple(event.get(each) for each in ("mark", "row", "column", "kind", "count"))
        what = (event["__typename"], *more, event.get("rematch", {}).get("id"))
        return cls(event["version"], what, View.of(event["game"]), monotonic())


@dataclass(slots=True)
class Following:
    """What one follower received past *cursor*, over all of its connections.

    *cursor*: None, if it asked for a snapshot. *stays*: past the end, for a rematch. *completed*:
    it was told that this was all.
    """

    follower: str
    game: str
    cursor: int | None
    received: list[Received] = field(default_factory=list)
    completed: bool = False
    stays: bool = False

    @property
    def last(self) -> int | None:
        """The cursor to come back with."""
        return self.received[-1].version if self.received else self.cursor


@dataclass(slots=True)
class History:
    """All of it. *lifted*: when a fault was over. *told*: the codes of errors, and how often."""

    sent: list[Sent] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    followings: list[Following] = field(default_factory=list)
    lifted: list[float] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    @property
    def acknowledged(self) -> Sequence[Sent]:
        return [each for each in self.sent if each.acknowledged]

    def going_on(self) -> set[str]:
        """Give the games that were followed, but not to their end."""
        received = [(each.game, it) for each in self.followings for it in each.received]
        over = {game for game, each in received if each.what[0] in ENDS}
        return {game for game, _ in received} - over

    def told_since(self, moment: float) -> set[str]:
        """Give the games of which somebody had news after a moment."""
        return {
            each.game for each in self.followings if each.received and each.received[-1].at > moment
        }

    def worst_recovery(self) -> float:
        """Give the longest time from a fault's end to the next news of a game, in seconds."""
        first_told: dict[tuple[str, int], float] = {}
        for following in self.followings:
            for each in following.received:
                event = following.game, each.version
                first_told[event] = min(each.at, first_told.get(event, each.at))
        games: dict[str, list[float]] = {}
        for (game, _), at in first_told.items():
            games.setdefault(game, []).append(at)
        return max(
            (_wait(moment, each) for moment in self.lifted for each in games.values()),
            default=0.0,
        )


def _wait(moment: float, news: Sequence[float]) -> float:
    """Tell how long a game that was on at the *moment* had no news; 0 for others."""
    was_on = any(each <= moment for each in news)
    return min((each - moment for each in news if each > moment), default=0.0) if was_on else 0.0
