"""Thoughts that go wrong, or never end."""

import os
from dataclasses import dataclass

from xogql.game.bots import Stop


@dataclass(frozen=True)
class Echo:
    """Is answered at once."""

    value: object

    def think(self, _stop: Stop) -> object:
        return self.value


@dataclass(frozen=True)
class Endless:
    """Is not answered before it has to be."""

    def think(self, stop: Stop) -> str:
        while not stop():
            pass
        return "the best so far"


@dataclass(frozen=True)
class Deaf:
    """Does not listen to who says stop."""

    def think(self, _stop: Stop) -> None:
        while True:
            pass


@dataclass(frozen=True)
class Wrong:
    """Is a bug."""

    def think(self, _stop: Stop) -> None:
        raise ZeroDivisionError


@dataclass(frozen=True)
class Dying:
    """Takes its process along."""

    def think(self, _stop: Stop) -> None:
        os._exit(3)


@dataclass(frozen=True)
class Identity:
    """Tells which process thinks, and what it was given of the environment."""

    def think(self, _stop: Stop) -> tuple[int, list[str], int]:
        secrets = [name for name in os.environ if name.startswith("XOGQL_")]
        return os.getpid(), secrets, os.getsid(0)
