"""What a check is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from tests.wire.connections import Connector, Outcome
from tests.wire.dialects import Dialect

T = TypeVar("T")

Act: TypeAlias = Callable[[Connector, Dialect], Awaitable[Outcome]]


class NotApplicableError(Exception):
    """The server has nothing to do this check with."""


def needed(what: T | None) -> T:
    """Give what a dialect may have.

    Raises:
        NotApplicableError: if it has not.
    """
    if what is None:
        raise NotApplicableError
    return what


@dataclass(frozen=True)
class Check:
    """*expected* is what is right by the protocol, or where that says nothing, by us."""

    name: str
    expected: Outcome
    act: Act


class Checks(list[Check]):
    """Checks of one subject."""

    def expecting(self, *expected: str) -> Callable[[Act], Act]:
        """Add a function whose name is a sentence."""

        def add(act: Act) -> Act:
            self.append(Check(act.__name__.replace("_", " "), expected, act))
            return act

        return add
