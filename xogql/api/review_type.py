"""The review of a game as GraphQL shows it."""

from collections.abc import Sequence
from typing import Self

import strawberry

from xogql import game
from xogql.api.context import Info
from xogql.api.descriptions import enum_of
from xogql.api.values import Cell
from xogql.game import bots
from xogql.store.codec import GAMES
from xogql.store.event_store import Recorded, Stream
from xogql.store.states import Folded

enum_of(
    bots.Verdict,
    "What a move leads to, with best play by both after it, for the mark that makes it.",
    values={
        "WINS": "The mark wins.",
        "DRAWS": "Nobody wins.",
        "LOSES": "The opponent wins.",
        "UNCLEAR": "It is not known: only the score tells an opinion.",
    },
)


@strawberry.type
class ReviewedCell:
    """A cell that could be moved to, and what that leads to."""

    row: int = strawberry.field(description="From 0, at the top.")
    column: int = strawberry.field(description="From 0, at the left.")
    verdict: bots.Verdict = strawberry.field(description="What is known of it.")
    score: float = strawberry.field(
        description="-1 to 1 for the mark that moves: what it is worth; an opinion, if unclear."
    )

    @classmethod
    def of(cls, option: bots.Option) -> Self:
        """Present a cell."""
        row, column = option.cell.row, option.cell.column
        return cls(row=row, column=column, verdict=option.verdict, score=option.score)


@strawberry.type
class ReviewedPosition:
    """A position of a game, and what was made of it."""

    version: int = strawberry.field(
        description="The game's version when it came about; that of the beginning in its opening."
    )
    move_number: int = strawberry.field(description="How many moves had been made.")
    turn: game.Mark | None = strawberry.field(
        description="Whose turn it was; null where nobody could move any more."
    )
    value: float = strawberry.field(
        description="-1 to 1 for X: what the position was worth; an opinion, if not exact."
    )
    options: list[ReviewedCell] = strawberry.field(
        description="All free cells, if the review is exact; else the few that seemed best."
    )
    played: ReviewedCell | None = strawberry.field(
        description="The move that was made; null in the last position."
    )
    is_mistake: bool = strawberry.field(
        description="Whether that move gave away what was certain; never, if not exact."
    )
    better: list[Cell] = strawberry.field(
        description="Where that would have been kept, if it was a mistake."
    )

    @classmethod
    def of(cls, number: int, version: int, position: bots.Reviewed) -> Self:
        """Present a position."""
        played = position.played
        return cls(
            version=version,
            move_number=number,
            turn=position.turn,
            value=position.value,
            options=[ReviewedCell.of(each) for each in position.options],
            played=None if played is None else ReviewedCell.of(played),
            is_mistake=position.mistake,
            better=[Cell(row=each.row, column=each.column) for each in position.better],
        )


@strawberry.type
class Review:
    """What the positions of a game were worth."""

    exact: bool = strawberry.field(
        description="Whether every value is certain: the game is small enough to be solved."
    )
    positions: list[ReviewedPosition] = strawberry.field(
        description="From the empty board to the last position."
    )


async def review_of(info: Info, game_id: str, folded: Folded[game.Game]) -> Review | None:
    """Review a game that has ended.

    Raises:
        NoReviewError: if too many wait for a review.
    """
    if not isinstance(folded.state, game.Finished):
        return None
    services = info.context.services
    review = await services.reviews.of(folded.state, info.context.client)
    recorded = await services.store.read(Stream(GAMES, game_id), upto=folded.version)
    versions = enumerate(zip(_versions(recorded), review.positions, strict=True))
    return Review(
        exact=review.exact,
        positions=[ReviewedPosition.of(number, *each) for number, each in versions],
    )


def _versions(recorded: Sequence[Recorded[game.Event]]) -> Sequence[int]:
    """Tell at which versions the positions came about that were not taken back.

    Those of an opening came about together, when the game began.
    """
    versions: list[int] = []
    opened = 0
    for each in recorded:
        match each.event:
            case game.PositionSetUp(opening):
                opened = len(opening.cells)
            case game.PlayerJoined():
                versions.extend([each.version] * (opened + 1))
            case game.MoveMade():
                versions.append(each.version)
            case game.MovesTakenBack(count):
                del versions[len(versions) - count :]
            case _:
                pass
    return versions
