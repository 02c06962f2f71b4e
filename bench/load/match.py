"""A game whose every move is delivered before the next is made: the gate of correctness."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, Protocol

STARTED = 2
"""The version of a game that both players have joined."""


Answered = Callable[[dict[str, Any]], None]
Move = Callable[[Answered], None]
"""Sends a move that is written already; its answer goes where it is told."""


class WrongAnswerError(Exception):
    """A move was lost, doubled, refused or out of order."""


class Pace(Protocol):
    """When a slot's next move is to be made."""

    def wait_for_turn(self, make: Callable[[float], None]) -> None:
        """Call *make* when it is time, with the moment that counts as the move's beginning."""
        ...


class Player:
    """A side of a match: makes moves, and counts the events that it is told."""

    __slots__ = ("told", "version")

    def __init__(self) -> None:
        self.version = STARTED - 1
        self.told: Callable[[Player], None] = lambda _: None

    def hear(self, payload: dict[str, Any]) -> None:
        """Take an event, which has to be the next one."""
        event = payload["data"]["gameEvents"]
        if event["version"] != self.version + 1 or event["game"]["version"] != event["version"]:
            raise WrongAnswerError(self.version, payload)
        self.version += 1
        self.told(self)


class Match:
    """Moves in turn from where both players are; *ends*: the last of them ends the game."""

    def __init__(
        self, players: tuple[Player, Player], moves: Sequence[Move], *, ends: bool = True
    ) -> None:
        self._base = players[0].version
        self._players = players
        self._moves = moves
        self._ends = ends
        self._made = 0
        self._acknowledged = False
        self.latencies: list[float] = []
        for each in players:
            each.told = self._told

    def play(self, pace: Pace, finished: Callable[[], None]) -> None:
        """Play to the end."""
        self._pace, self._finished = pace, finished
        pace.wait_for_turn(self._move)

    def _move(self, began: float) -> None:
        self._began = began
        self._acknowledged = False
        self._made += 1
        self._moves[self._made - 1](self._answered)

    def _answered(self, payload: dict[str, Any]) -> None:
        """Take the mover's acknowledgement."""
        answer = payload["data"]["makeMove"]
        if self._acknowledged or answer["__typename"] != "MakeMoveSuccess":
            raise WrongAnswerError(payload)
        if answer["game"]["version"] != self._version:
            raise WrongAnswerError(self._version, payload)
        self._acknowledged = True
        self._go_on()

    def _told(self, player: Player) -> None:
        if player.version > self._version:
            raise WrongAnswerError(player.version, self._version)
        if player is self._opponent and player.version == self._base + self._made:
            self._go_on()
        elif player.version == self._version:
            self._end()

    @property
    def _version(self) -> int:
        """What the move that was made last brings the game to: the last of all ends it, too."""
        return self._base + self._made + (self._ends and self._made == len(self._moves))

    @property
    def _opponent(self) -> Player:
        return self._players[(self._base - STARTED + self._made) % 2]

    def _go_on(self) -> None:
        """Make the next move, if this one is acknowledged and the opponent has it."""
        if not self._acknowledged or self._opponent.version < self._base + self._made:
            return
        self.latencies.append(perf_counter() - self._began)
        if self._made < len(self._moves):
            self._pace.wait_for_turn(self._move)
        else:
            self._end()

    def _end(self) -> None:
        """End it when every move is delivered and both players have heard of all."""
        delivered = len(self.latencies) == len(self._moves)
        if delivered and all(each.version == self._version for each in self._players):
            self._finished()
