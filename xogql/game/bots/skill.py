"""Skill: what a level sees, and how much it thinks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from xogql.game.bots.level import Level
from xogql.game.bots.solver import is_solved
from xogql.game.rules import Rules


@dataclass(frozen=True, slots=True)
class Casual:
    """One who plays at a glance, or nearly so, and errs as people do.

    In a hundred times it does not see that it can make a line so often (*misses*), that it must
    stop one (*overlooks*), that a threat of two lines can be made or must be stopped (*blunders*).
    Else it takes of the *width* best looking moves, looked at *depth* plies ahead, one that is
    worth at most *doubt* less than the best.
    """

    misses: int
    overlooks: int
    blunders: int
    doubt: int
    width: int
    depth: int


@dataclass(frozen=True, slots=True)
class Serious:
    """One who thinks: so many nodes to solve, to attack, to defend and to search with.

    In a hundred positions it does not so often (*lapses*), and plays as EASY does.
    """

    solving: int
    attacking: int
    defending: int
    searching: int
    width: int
    lapses: int = 0


Skill: TypeAlias = Casual | Serious

_HARD = Serious(solving=12_000, attacking=3_000, defending=200, searching=20_000, width=12)

SKILLS: Mapping[Level, Skill] = {
    Level.EASY: Casual(misses=8, overlooks=30, blunders=75, doubt=250, width=12, depth=0),
    Level.MEDIUM: Casual(misses=0, overlooks=2, blunders=20, doubt=80, width=8, depth=1),
    Level.HARD: _HARD,
    Level.PERFECT: replace(_HARD, solving=1_000_000),
}

_HUMAN: Mapping[Level, Skill] = {
    Level.MEDIUM: Casual(misses=0, overlooks=10, blunders=40, doubt=90, width=8, depth=1),
    Level.HARD: replace(_HARD, lapses=12),
}
"""Where a game is solved and PERFECT plays: who errs less could not be told from it."""


def skill_of(level: Level, rules: Rules) -> Skill:
    """Return how well a level plays a game of *rules*."""
    if level in _HUMAN and is_solved(rules):
        return _HUMAN[level]
    return SKILLS[level]
