"""The review of a game: what each position was worth, and where a mark gave it away."""

from collections.abc import Sequence
from dataclasses import dataclass

from xogql.game.board import Board, Cell, Mark, Move
from xogql.game.bots.assessment import Option, exact_options, likely_options
from xogql.game.bots.budget import Budget, Stop, ThoughtEnoughError, never
from xogql.game.bots.position import Position, bit_of
from xogql.game.bots.solver import Solver, is_solved
from xogql.game.rules import Rules

_TO_SOLVE = 2_000_000
_TO_SEE = 100_000
"""Nodes: for all positions of a game that is not solved; for one no more than _A_POSITION."""

_A_POSITION = 1_000


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A position of a game: *value* is -1 to 1 for X; *turn* and *played* may be None at its end.

    In an exact review *value* is 1, 0 or -1, *options* are all free cells, and a *mistake* is a
    move that gave value away, with the cells that kept it in *better*. In an opinion *options*
    are the few best and the move played, as far as was seen.
    """

    board: Board
    turn: Mark | None
    value: float
    options: tuple[Option, ...] = ()
    played: Option | None = None
    mistake: bool = False
    better: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Each position of a game, from the empty board to the last; *exact* where it is solved."""

    exact: bool
    positions: tuple[Reviewed, ...]


def review(rules: Rules, moves: Sequence[Move], *, stop: Stop = never) -> Review:
    """Review a game of *rules*: exact where it is solved, else (or once stopped) an opinion."""
    if is_solved(rules):
        try:
            solver = Solver(rules, Budget(_TO_SOLVE, stop))
            return Review(exact=True, positions=_Reviewer(rules, solver, stop).positions(moves))
        except ThoughtEnoughError:
            pass
    return Review(exact=False, positions=_Reviewer(rules, None, stop).positions(moves))


class _Reviewer:
    """One who looks at each position of a game, with a *solver* or without."""

    def __init__(self, rules: Rules, solver: Solver | None, stop: Stop) -> None:
        self._rules = rules
        self._solver = solver
        self._stop = stop

    def positions(self, moves: Sequence[Move]) -> tuple[Reviewed, ...]:
        board, turn, positions = self._rules.empty_board, Mark.X, []
        for move in moves:
            positions.append(self._before(board, move, len(moves)))
            board, turn = board.mark(move.cell, move.mark), move.mark.other
        if moves and board.lines_through(moves[-1].cell, self._rules.line):
            last = Reviewed(board, None, _for_x(1, moves[-1].mark))
        elif board.is_full:
            last = Reviewed(board, None, 0)
        else:
            options = self._options(board, turn, None, len(moves))
            last = Reviewed(board, turn, _for_x(options[0].score, turn), options)
        return *positions, last

    def _before(self, board: Board, move: Move, moves: int) -> Reviewed:
        options = self._options(board, move.mark, move.cell, moves)
        best = options[0].score
        played = next(option for option in options if option.cell == move.cell)
        mistake = self._solver is not None and played.score < best
        better = tuple(option.cell for option in options if mistake and option.score == best)
        return Reviewed(board, move.mark, _for_x(best, move.mark), options, played, mistake, better)

    def _options(
        self, board: Board, mark: Mark, played: Cell | None, moves: int
    ) -> tuple[Option, ...]:
        position = Position(self._rules, board, mark)
        if self._solver is not None:
            return exact_options(self._rules, position, self._solver)
        nodes = min(_A_POSITION, _TO_SEE // (moves + 1))
        bit = bit_of(self._rules, played) if played is not None else None
        return likely_options(self._rules, position, bit, Budget(nodes, self._stop))


def _for_x(score: float, mark: Mark) -> float:
    return score if mark is Mark.X else -score
