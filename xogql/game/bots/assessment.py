"""Assessment: what each move from a position leads to, exactly or as an opinion."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from xogql.game.board import Cell
from xogql.game.bots.budget import Budget
from xogql.game.bots.candidates import needed
from xogql.game.bots.position import Position, cell_of
from xogql.game.bots.search import SURELY, Search
from xogql.game.bots.solver import DRAW, LOSS, WIN, Solver
from xogql.game.bots.threats import Attack
from xogql.game.rules import Rules

_FEW = 5
_WIDTH = 8
_DEPTH = 2
_MOST_FOURS = 12
_TO_ATTACK = 300
_CLEAR = 400
"""A search's value that is half way from even to won, as a score."""


class Verdict(StrEnum):
    """What a move leads to with best play after it, for the mark that makes it."""

    WINS = "WINS"
    DRAWS = "DRAWS"
    LOSES = "LOSES"
    UNCLEAR = "UNCLEAR"


@dataclass(frozen=True, slots=True)
class Option:
    """A free cell, and what a move to it leads to: *score* is -1 to 1 for the mark to move."""

    cell: Cell
    verdict: Verdict
    score: float


_VERDICTS = {WIN: Verdict.WINS, DRAW: Verdict.DRAWS, LOSS: Verdict.LOSES}


def exact_options(rules: Rules, position: Position, solver: Solver) -> tuple[Option, ...]:
    """Return what a move to each free cell leads to, the best first.

    Raises:
        ThoughtEnoughError: The solver's budget did not suffice.
    """
    cells = position.best_first(position.free)
    values = {cell: solver.value_of(position, cell) for cell in cells}
    options = (
        Option(cell_of(rules, cell), _VERDICTS[values[cell]], values[cell]) for cell in cells
    )
    return _best_first(options)


def likely_options(
    rules: Rules, position: Position, played: int | None, budget: Budget
) -> tuple[Option, ...]:
    """Return what a few moves, *played* among them, seem to lead to, the best first.

    A win by fours is proven; all else is an opinion.
    """
    cells = position.best_first(needed(position) or position.near())[:_FEW]
    winning = Attack(position, budget.part(_TO_ATTACK)).find(_MOST_FOURS)
    wanted = dict.fromkeys(each for each in (winning, *cells, played) if each is not None)
    values = Search(position, budget, width=_WIDTH).values(tuple(wanted), _DEPTH)
    return _best_first(
        Option(cell_of(rules, cell), Verdict.WINS, 1)
        if cell == winning
        else Option(cell_of(rules, cell), Verdict.UNCLEAR, _score(values.get(cell, 0)))
        for cell in wanted
    )


def _score(value: int) -> float:
    if abs(value) >= SURELY:
        return 1 if value > 0 else -1
    return value / (abs(value) + _CLEAR)


def _best_first(options: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda option: -option.score))
