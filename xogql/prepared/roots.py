"""The fields at the root of an operation, and the record of what their resolvers gave."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, cast

from xogql.prepared.holes import Complete, Run


class Outcome(NamedTuple):
    """What a root's resolver gave: a value or an error; *is_async*: it was waited for."""

    value: object = None
    error: Exception | None = None
    is_async: bool = False


Record: TypeAlias = dict[str, Outcome]
"""The outcomes by the keys of the answer."""


@dataclass(frozen=True, slots=True)
class Root:
    """A field at the root. *key*: in the answer; *head*: the same as JSON text, with its colon.

    *call*: asks its resolver, or is None for `__typename`, whose value *complete* knows.
    """

    key: str
    head: str
    call: Callable[[Run], object] | None
    is_async: bool
    complete: Complete

    def start(self, run: Run, record: Record) -> object:
        """Ask the resolver, and note what it gives: perhaps something to wait for."""
        if self.call is None:
            return None
        try:
            value = self.call(run)
        except Exception as error:
            record[self.key] = Outcome(error=error)
            raise
        record[self.key] = Outcome(value)
        return value

    async def finish(self, started: object, record: Record) -> object:
        """Wait for what an asynchronous resolver gives, and note that."""
        try:
            value = await cast("Awaitable[object]", started)
        except Exception as error:
            record[self.key] = Outcome(None, error, is_async=True)
            raise
        record[self.key] = Outcome(value, None, is_async=True)
        return value
