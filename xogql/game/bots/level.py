"""Levels: how well the house plays."""

from enum import StrEnum

from xogql.game.bots.solver import is_solved
from xogql.game.rules import Rules


class Level(StrEnum):
    """How well a player of the house plays."""

    EASY = "EASY"
    MEDIUM = "MEDIUM"
    HARD = "HARD"
    PERFECT = "PERFECT"


def levels(rules: Rules) -> tuple[Level, ...]:
    """Return the levels that games of *rules* are played at: PERFECT where they are solved."""
    if is_solved(rules):
        return tuple(Level)
    return Level.EASY, Level.MEDIUM, Level.HARD
