"""Contests: many games between two players of the house, and how sure their outcome is."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import TypeAlias

from xogql.game import Board, Cell, Mark, Rules
from xogql.game.bots import Level, choose

Chooser: TypeAlias = Callable[[Rules, Board, Mark, int], Cell]
"""One who plays: it gets the number of the game, and draws from it what it leaves to chance."""

_SURE = 1.96
"""Standard deviations that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often the first player won, drew and lost."""

    won: int
    drawn: int
    lost: int

    @property
    def points(self) -> float:
        """The share of the points, a draw being half of one."""
        return (self.won + self.drawn / 2) / (self.won + self.drawn + self.lost)

    @property
    def decided(self) -> int:
        """How many games somebody won."""
        return self.won + self.lost

    def __str__(self) -> str:
        return f"+{self.won} ={self.drawn} -{self.lost}"


def contest(rules: Rules, level: Level, other: Level, games: int) -> Outcome:
    """Let two levels play *games*, each level as X in every second; all CPUs play."""
    play = partial(_between_levels, rules, level, other)
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return outcome(pool.map(play, range(games), chunksize=4))


def outcome(results: Iterable[int]) -> Outcome:
    """Count games that the first player won (1), drew (0) and lost (-1)."""
    counted = Counter(results)
    return Outcome(counted[1], counted[0], counted[-1])


def game(rules: Rules, first: Chooser, second: Chooser, number: int) -> int:
    """Play one game, in every second of which the *second* is X; tell what the first got."""
    mark_of_first = Mark.O if number % 2 else Mark.X
    board, turn = rules.empty_board, Mark.X
    while not board.is_full:
        player = first if turn is mark_of_first else second
        cell = player(rules, board, turn, number)
        board = board.mark(cell, turn)
        if board.lines_through(cell, rules.line):
            return 1 if turn is mark_of_first else -1
        turn = turn.other
    return 0


def house(level: Level, **limits: Callable[[], bool]) -> Chooser:
    """Return the player of the house of that level."""

    def chooser(rules: Rules, board: Board, mark: Mark, number: int) -> Cell:
        return choose(rules, board, mark, level, seed=number, **limits)

    return chooser


def interval(successes: float, trials: int) -> tuple[float, float]:
    """Return between which shares the true one lies with 95 % (Wilson 1927)."""
    if not trials:
        return 0, 1
    share, square = successes / trials, _SURE**2
    middle = share + square / (2 * trials)
    reach = _SURE * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    whole = 1 + square / trials
    return max(0, (middle - reach) / whole), min(1, (middle + reach) / whole)


def _between_levels(rules: Rules, level: Level, other: Level, number: int) -> int:
    return game(rules, house(level), house(other), number)
