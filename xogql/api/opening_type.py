"""What an opening tells of itself alone: it names no game."""

import strawberry

from xogql import game
from xogql.api.values import Move


@strawberry.type
class OpeningFacts:
    """The fields of an opening that need nothing but what its event says."""

    opening: strawberry.Private[game.Opening]

    @strawberry.field
    def version(self) -> int:
        """The version at which that game had come to the position."""
        return self.opening.version

    @strawberry.field
    def move_number(self) -> int:
        """How many moves had been made."""
        return len(self.opening.cells)

    @strawberry.field
    def turn(self) -> game.Mark:
        """Whose turn it is in the position."""
        return self.opening.turn

    @strawberry.field
    def moves(self) -> list[Move]:
        """The moves that led to the position: the first ones of the game that begins from it."""
        return [Move.of(each.mark, each.cell) for each in self.opening.moves]
