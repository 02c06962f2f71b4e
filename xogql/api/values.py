"""The game's words as GraphQL values: marks, cells, boards, rules."""

from functools import cache
from typing import Self

import strawberry

from xogql import game, player
from xogql.api.descriptions import enum_of
from xogql.game import bots

enum_of(
    game.Mark,
    "What a player writes in a cell.",
    values={"X": "The mark that moves first.", "O": "The mark that moves second."},
)
enum_of(
    game.Status,
    "The phase of a game.",
    name="GameStatus",
    values={
        "WAITING": "One seat is free.",
        "PLAYING": "Both seats are taken and moves are made.",
        "FINISHED": "It has ended: with a winner, in a draw, or aborted.",
        "CANCELLED": "Its creator took it back before anybody joined.",
    },
)
enum_of(
    bots.Level,
    "How well a player of the house plays.",
    values={
        "EASY": "As people do who overlook things.",
        "MEDIUM": "Sees what is near.",
        "HARD": "Looks ahead.",
        "PERFECT": "Never errs: in games that are small enough to be solved.",
    },
)
enum_of(
    game.Ending,
    "How a game came to its end.",
    values={
        "LINE": "The winner completed a line.",
        "BOARD_FULL": "No cell is left and nobody has a line: a draw.",
        "RESIGNATION": "The winner's opponent resigned.",
        "AGREEMENT": "The players agreed on a draw.",
        "ABORTED": "A player called it off before both had moved: nobody won or lost.",
    },
)
enum_of(
    player.Kind,
    "What a player is.",
    name="PlayerKind",
    values={
        "MEMBER": "Somebody with a username of their choice and a password.",
        "GUEST": "Somebody with a made-up name, who has not signed up.",
        "HOUSE": "The server itself: it is always there.",
    },
)
enum_of(
    game.Visibility,
    "Who may see a game, and sit down at it.",
    values={
        "PUBLIC": "Anybody: it is listed.",
        "LINK": "It is not listed. Whoever has its id may watch it, and join it with its invite.",
        "PRIVATE": "Its players, and who has its invite. To others there is no such game.",
    },
)


enum_of(
    game.OfferKind,
    "What one player offers the other.",
    values={
        "DRAW": "To end the game without a winner.",
        "TAKEBACK": "To take one's own last move back, with the answer to it if there was one.",
        "REMATCH": "To play again, with the marks changed.",
    },
)


@strawberry.type
class Offer:
    """An offer that has no answer yet."""

    kind: game.OfferKind = strawberry.field(description="What is offered.")
    mark: game.Mark = strawberry.field(description="Who made it.")


@strawberry.type
class Cell:
    """A cell of the board."""

    row: int = strawberry.field(description="From 0, at the top.")
    column: int = strawberry.field(description="From 0, at the left.")


@strawberry.type
class Move:
    """A mark that was written in a cell."""

    mark: game.Mark = strawberry.field(description="Whose it is.")
    row: int = strawberry.field(description="From 0, at the top.")
    column: int = strawberry.field(description="From 0, at the left.")

    @classmethod
    @cache
    def of(cls, mark: game.Mark, cell: game.Cell) -> Self:
        """Present a move: all there can be are few."""
        return cls(mark=mark, row=cell.row, column=cell.column)


@strawberry.type
class Rules:
    """How large the board is, and how many marks in a row win."""

    rows: int = strawberry.field(description="Rows of the board, 3 to 19.")
    columns: int = strawberry.field(description="Columns of the board, 3 to 19.")
    line: int = strawberry.field(description="Marks in a row that win; more win too.")

    @classmethod
    def of(cls, rules: game.Rules) -> Self:
        """Present rules."""
        return cls(rows=rules.rows, columns=rules.columns, line=rules.line)


@strawberry.type
class Board:
    """The marks, row by row."""

    rows: list[list[game.Mark | None]] = strawberry.field(
        description="Rows from the top, cells from the left; null where no mark stands."
    )


def cells(lines: tuple[game.Line, ...]) -> list[Cell]:
    """Give the cells of one line, or of several that were completed at once, each cell once."""
    return [Cell(row=each.row, column=each.column) for each in sorted({*sum(lines, ())})]
