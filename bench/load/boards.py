"""Games of nine moves on three by three, and a way to fill larger boards without a line."""

from collections.abc import Iterator, Sequence

Cells = Sequence[tuple[int, int]]

SIDE = 3
DRAWN = (0, 1, 2, 4, 3, 5, 7, 6, 8)
WON = (0, 1, 2, 3, 4, 6, 5, 7, 8)
"""Cells in the order of moves; X completes a line with the ninth."""


def nine_moves(number: int) -> Cells:
    """Give a game of nine moves: drawn or won, turned or mirrored, by its number."""
    cells = [divmod(cell, SIDE) for cell in (DRAWN, WON)[number % 2]]
    if number & 2:
        cells = [(column, row) for row, column in cells]
    if number & 4:
        cells = [(SIDE - 1 - row, column) for row, column in cells]
    return cells


def without_line(side: int) -> Iterator[tuple[int, int]]:
    """Give cells for moves in turn that never make five in a row of one mark."""
    for row in range(side):
        shifted = row // 2 % 2
        for column in range(side):
            yield row, (column + shifted) % side
