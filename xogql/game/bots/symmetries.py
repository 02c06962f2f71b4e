"""Symmetries: a board turned or mirrored is the same game."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from xogql.game.board import Cell
from xogql.game.bots.position import bit_of, bits
from xogql.game.rules import Rules

Turning: TypeAlias = Callable[[Rules, Cell], Cell]


class Symmetries:
    """The ways to lay a board of *rules* upon itself: eight for a square, else four."""

    def __init__(self, rules: Rules) -> None:
        turnings = _TURNINGS + _FOR_SQUARES if rules.rows == rules.columns else _TURNINGS
        self._moved = [_moved(rules, turning) for turning in turnings]

    def first(self, xs: int, os: int) -> tuple[int, int]:
        """Return, of the positions that are the same as this one, the first."""
        x_bits, o_bits = list(bits(xs)), list(bits(os))
        return min(
            (sum(moved[bit] for bit in x_bits), sum(moved[bit] for bit in o_bits))
            for moved in self._moved
        )


@lru_cache(maxsize=8)
def symmetries(rules: Rules) -> Symmetries:
    """Return the symmetries of the board of *rules*."""
    return Symmetries(rules)


def _moved(rules: Rules, turning: Turning) -> dict[int, int]:
    return {
        bit_of(rules, cell): 1 << bit_of(rules, turning(rules, cell))
        for cell in rules.empty_board.empty_cells()
    }


def _same(_: Rules, cell: Cell) -> Cell:
    return cell


def _upside_down(rules: Rules, cell: Cell) -> Cell:
    return Cell(rules.rows - 1 - cell.row, cell.column)


def _mirrored(rules: Rules, cell: Cell) -> Cell:
    return Cell(cell.row, rules.columns - 1 - cell.column)


def _half_turned(rules: Rules, cell: Cell) -> Cell:
    return _mirrored(rules, _upside_down(rules, cell))


def _across(turning: Turning) -> Turning:
    def turned(rules: Rules, cell: Cell) -> Cell:
        there = turning(rules, cell)
        return Cell(there.column, there.row)

    return turned


_TURNINGS: tuple[Turning, ...] = (_same, _upside_down, _mirrored, _half_turned)
_FOR_SQUARES = tuple(map(_across, _TURNINGS))
