"""Who may see a game: its creator decides it once, for good."""

from enum import StrEnum


class Visibility(StrEnum):
    """Who may see a game, and sit down at it."""

    PUBLIC = "PUBLIC"
    LINK = "LINK"
    PRIVATE = "PRIVATE"
