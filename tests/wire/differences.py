"""Where our server does otherwise than the reference, and why."""

from dataclasses import dataclass

from tests.wire.connections import Outcome


@dataclass(frozen=True)
class Difference:
    """What the reference does, and why we do not."""

    reference: Outcome
    reason: str


DIFFERENCES: dict[str, Difference] = {}
