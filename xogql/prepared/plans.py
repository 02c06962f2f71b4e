"""The plans of one schema, by the texts of their documents: as many as there is room for."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graphql import DocumentNode

from xogql.prepared.compiler import Compiler
from xogql.prepared.doubt import UnknownError
from xogql.prepared.following import Subscription
from xogql.prepared.plan import Plan

Key: TypeAlias = tuple[str, str | None]
Kept: TypeAlias = Plan | Subscription | int | None
"""A plan; how often its text was seen; None where there is none to be had."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What documents of strangers may cost.

    *kept*: plans, and texts that have been seen; *sightings*: how often a text must come until it
    is compiled; *burst*: seconds of compiling at once; *share*: of all time, in the long run.
    """

    kept: int = 1024
    sightings: int = 2
    burst: float = 1.0
    share: float = 0.05


class Plans:
    """Finds plans, and compiles them when they seem worth it. *enabled*: False finds none."""

    def __init__(
        self,
        compiler: Compiler,
        allowance: Allowance | None = None,
        *,
        enabled: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._compiler = compiler
        self._allowance = allowance or Allowance()
        self._enabled = enabled
        self._clock = clock
        self._kept: dict[Key, Kept] = {}
        self._left = self._allowance.burst
        self._counted = clock()

    def __len__(self) -> int:
        return len(self._kept)

    def find(
        self, text: str, document: DocumentNode, operation_name: str | None = None
    ) -> Plan | Subscription | None:
        """Give the plan of an operation, if there is one; *document*: its text, parsed, valid."""
        if not self._enabled:
            return None
        key = text, operation_name
        kept = self._kept.pop(key, 0)  # and put in again, as the one used last
        if isinstance(kept, int):
            kept = self._seen(kept + 1, document, operation_name)
        self._kept[key] = kept
        if len(self._kept) > self._allowance.kept:
            del self._kept[next(iter(self._kept))]
        return None if isinstance(kept, int) else kept

    def _seen(self, sightings: int, document: DocumentNode, operation_name: str | None) -> Kept:
        begun = self._clock()
        self._earn(begun)
        if sightings < self._allowance.sightings or self._left <= 0:
            return sightings
        variants = 1
        try:
            plan = self._compiler.plan(document, operation_name)
            variants = 2 ** len(plan.operation.flags)  # the others are compiled when they are used
        except UnknownError:
            return None
        else:
            return plan
        finally:
            self._left -= (self._clock() - begun) * variants

    def _earn(self, now: float) -> None:
        earned = (now - self._counted) * self._allowance.share
        self._left = min(self._allowance.burst, self._left + earned)
        self._counted = now
