"""Who is at one game: what this process tells of it, and what all processes tell together."""

import asyncio
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from xogql.game import GameId, PlayerId
from xogql.live.stay import Stay
from xogql.store.whereabouts import WATCHERS, Claim, Seen, Whereabout

_CONNECTED = (Whereabout.HERE, Whereabout.HIDDEN)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a player is, and since when."""

    whereabout: Whereabout
    since: datetime


@dataclass(frozen=True, slots=True)
class View:
    """Who is where. Of players who are not in it nobody knows. *watchers*: those without a seat."""

    places: Mapping[PlayerId, Place] = field(default_factory=lambda: MappingProxyType({}))
    watchers: int = 0


_Shown: TypeAlias = tuple[Whereabout, float, int]
"""Where a player is, since which moment of the process's clock; or how many watch."""


class Hall:
    """One game's. *followers* are woken when the *view* has changed; it is there when *is_read*.

    *left_at*: when its last follower went.
    """

    def __init__(self, game_id: GameId) -> None:
        self.game_id = game_id
        self.followers: set[asyncio.Event] = set()
        self.view = View()
        self.is_read = False
        self.left_at = 0.0
        self._seats: frozenset[PlayerId] = frozenset()
        self._stays: dict[PlayerId, Stay] = {}
        self._told: dict[PlayerId, _Shown] = {}
        self._telling: dict[PlayerId, _Shown] = {}
        self._seen: dict[tuple[PlayerId, UUID], Seen] = {}

    @property
    def due(self) -> float | None:
        """When there will be more to show."""
        return min(
            (stay.due for stay in self._stays.values() if stay.due is not None), default=None
        )

    @property
    def is_empty(self) -> bool:
        """Whether nobody is or was here, nobody follows, and nothing of them is told."""
        return not (self._stays or self.followers or self._told)

    def shows(self, player_id: PlayerId) -> bool:
        """Tell whether the view is there, with a player in it who has a seat."""
        return self.is_read and (player_id in self.view.places or player_id not in self._seats)

    def stay_of(self, player_id: PlayerId) -> Stay:
        """Give a player's stay, begun now if they were not there."""
        return self._stays.setdefault(player_id, Stay())

    def seat(self, players: Collection[PlayerId]) -> bool:
        """Note who has seats, and tell whether that is news."""
        before, self._seats = self._seats, self._seats | frozenset(players)
        return self._seats != before

    def settle(self, at: float) -> None:
        """Show what has lasted; forget watchers who went."""
        for player_id, stay in list(self._stays.items()):
            stay.settle(at)
            if player_id not in self._seats and not stay.is_connected and stay.due is None:
                del self._stays[player_id]

    def forget(self) -> None:
        """Forget who was here: nobody has been for long."""
        self._stays.clear()

    def changes(self, at: float) -> Sequence[Claim]:
        """Give what is shown and has not been told."""
        shown = self._shown()
        gone = {each: (Whereabout.GONE, at, 0) for each in self._told if each not in shown}
        told = {key: each for key, each in shown.items() if self._told.get(key) != each}
        self._telling = told | gone
        return [
            Claim(self.game_id, player_id, whereabout, max(0.0, at - since), watchers)
            for player_id, (whereabout, since, watchers) in self._telling.items()
        ]

    def note_told(self) -> None:
        """Note that all has been told that `changes` gave."""
        self._told |= self._telling
        for each, (whereabout, _, _) in self._telling.items():
            if whereabout is Whereabout.GONE:
                del self._told[each]
        self._telling = {}

    def tell_again(self) -> None:
        """Hold nothing for told."""
        self._told.clear()

    def see(self, claim: Seen) -> None:
        """Take a claim of any process."""
        key = claim.player_id, claim.process
        if claim.whereabout is Whereabout.GONE:
            self._seen.pop(key, None)
        else:
            self._seen[key] = claim

    def look(self, alive: frozenset[UUID], remembered: frozenset[UUID]) -> None:
        """Make the view anew of what living processes tell, and wake the followers if it changed.

        What was told by a process that nobody remembers is forgotten: it would tell all again.
        """
        self._seen = {key: each for key, each in self._seen.items() if key[1] in remembered}
        claims = [each for each in self._seen.values() if each.process in alive]
        watchers = sum(each.watchers for each in claims if each.player_id == WATCHERS)
        view = View(_places(each for each in claims if each.player_id != WATCHERS), watchers)
        if view != self.view or not self.is_read:
            self.view, self.is_read = view, True
            for news in self.followers:
                news.set()

    def overlook(self) -> None:
        """Forget what was read: nobody follows any more."""
        self._seen.clear()
        self.view, self.is_read = View(), False

    def _shown(self) -> dict[PlayerId, _Shown]:
        shown = {
            player_id: (stay.shown, stay.since, 0)
            for player_id, stay in self._stays.items()
            if player_id in self._seats and stay.shown is not None
        }
        watchers = sum(
            stay.shown in _CONNECTED
            for player_id, stay in self._stays.items()
            if player_id not in self._seats
        )
        return {**shown, WATCHERS: (Whereabout.HERE, math.inf, watchers)} if watchers else shown


def _places(claims: Iterable[Seen]) -> Mapping[PlayerId, Place]:
    """Of each player take the claim that weighs most: connected longest, or seen last."""
    places: dict[PlayerId, Seen] = {}
    for each in claims:
        if each.player_id not in places or _weight(each) > _weight(places[each.player_id]):
            places[each.player_id] = each
    return {player_id: Place(each.whereabout, each.since) for player_id, each in places.items()}


def _weight(claim: Seen) -> tuple[int, float]:
    moment = claim.since.timestamp()
    match claim.whereabout:
        case Whereabout.HERE:
            return 2, -moment
        case Whereabout.HIDDEN:
            return 1, -moment
        case _:
            return 0, moment
