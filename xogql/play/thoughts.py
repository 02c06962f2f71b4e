"""What may be thought about, as it goes to a process that thinks and comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from xogql.game import Board, Cell, Mark, Move, Rules
from xogql.game.bots import Level, Review, Stop, choose, review

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Thought(Protocol, Generic[T_co]):
    """A question that takes a while: pickled, asked elsewhere, its answer pickled again."""

    def think(self, stop: Stop) -> T_co:
        """Answer; once *stop* says so, with the best so far."""
        ...


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which cell to move to."""

    rules: Rules
    board: Board
    mark: Mark
    level: Level
    seed: int

    def think(self, stop: Stop) -> Cell:
        """See Thought."""
        return choose(self.rules, self.board, self.mark, self.level, seed=self.seed, stop=stop)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What each position of a game was worth."""

    rules: Rules
    moves: Sequence[Move]

    def think(self, stop: Stop) -> Review:
        """See Thought."""
        return review(self.rules, self.moves, stop=stop)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the position that *moves* came to is worth to *mark*: from -1, lost, to 1, won."""

    rules: Rules
    moves: Sequence[Move]
    mark: Mark

    def think(self, stop: Stop) -> float:
        """See Thought."""
        value = review(self.rules, self.moves, stop=stop).positions[-1].value
        return value if self.mark is Mark.X else -value
