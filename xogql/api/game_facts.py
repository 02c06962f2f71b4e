"""What a game tells of itself alone: it names no player and no other game."""

from datetime import datetime

import strawberry

from xogql import game
from xogql.api.node import Node
from xogql.api.values import Board, Cell, Move, Offer, Rules, cells
from xogql.store.states import Folded


@strawberry.type
class GameFacts(Node):
    """The fields of a game that need nothing but its state."""

    folded: strawberry.Private[Folded[game.Game]]

    @strawberry.field
    def version(self) -> int:
        """How many events it has had; of two answers the one with the higher version is newer."""
        return self.folded.version

    @strawberry.field
    def status(self) -> game.Status:
        """The phase it is in."""
        return self.folded.state.status

    @strawberry.field
    def visibility(self) -> game.Visibility:
        """Who may see it, and sit down at it."""
        return self.folded.state.visibility

    @strawberry.field
    def created_at(self) -> datetime:
        """When it was created."""
        return moment(self.folded.created_at)

    @strawberry.field
    def updated_at(self) -> datetime:
        """When its last event was recorded."""
        return moment(self.folded.updated_at)

    @strawberry.field
    def rules(self) -> Rules:
        """How large its board is and how long a line wins."""
        return Rules.of(self.folded.state.rules)

    @strawberry.field
    def board(self) -> Board:
        """The marks on its board."""
        return Board(rows=[list(row) for row in self.folded.state.board.rows])

    @strawberry.field
    def moves(self) -> list[Move]:
        """The moves in their order, those of its opening first."""
        return [Move.of(each.mark, each.cell) for each in self.folded.state.moves]

    @strawberry.field
    def turn(self) -> game.Mark | None:
        """Whose turn it is, while it is played."""
        return self.folded.state.turn

    @strawberry.field
    def offers(self) -> list[Offer]:
        """Offers without an answer, the oldest first; a move answers those before it with no."""
        return [Offer(kind=each.kind, mark=each.mark) for each in self.folded.state.offers]

    @strawberry.field
    def ending(self) -> game.Ending | None:
        """How it ended, once it has."""
        return self.folded.state.ending

    @strawberry.field
    def winner(self) -> game.Mark | None:
        """Who won it; null in a draw, before the end, and if it was aborted."""
        return self.folded.state.winner

    @strawberry.field
    def winning_line(self) -> list[Cell] | None:
        """Every cell of the line that won, or of the lines if a move completed several."""
        return cells(self.folded.state.lines) or None


def moment(recorded_at: datetime | None) -> datetime:
    """Give a moment that every game has.

    Raises:
        LookupError: if it has no event.
    """
    if recorded_at is None:
        raise LookupError
    return recorded_at
