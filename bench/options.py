"""What the command line says of how to measure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Sizes and rounds; a benchmark has its own where they are not given."""

    short: bool = False
    rounds: int | None = None
    sizes: Sequence[int] = ()
    servers: Sequence[str] = ()

    def rounds_or(self, usual: int) -> int:
        """Tell how many rounds to measure: in short form a few."""
        return self.rounds or (min(usual, 2) if self.short else usual)

    def sizes_or(self, usual: Sequence[int], short: Sequence[int]) -> Sequence[int]:
        """Tell what sizes to measure."""
        return self.sizes or (short if self.short else usual)

    def servers_or(self, usual: Sequence[str]) -> Sequence[str]:
        """Tell which servers to measure, side by side."""
        return self.servers or usual
