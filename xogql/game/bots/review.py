"""The review of a game: what each position was worth, and where a mark gave it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from xogql.game.board import Board, Cell, Mark
from xogql.game.bots import solver, windows
from xogql.game.bots.budget import Stop, never
from xogql.game.rules import Rules
from xogql.game.state import Move

_FEW = 5


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


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A position of a game: *value* is -1 to 1 for X, *turn* and *played* None after the end.

    In an exact review *options* are all free cells, *value* is 1, 0 or -1, and a *mistake* is a
    move that gave value away, with what would have kept it in *better*. Else the options are
    the few best and the move played, as far as was seen.
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
    exact, positions = solver.is_solved(rules), []
    board, turn = rules.empty_board, Mark.X
    for move in moves:
        exact = exact and not stop()
        options = _options(rules, board, turn, exact=exact)
        positions.append(_reviewed(board, options, move, exact=exact))
        board, turn = board.mark(move.cell, turn), turn.other
    exact = exact and not stop()
    positions.append(_last(rules, board, turn, moves, exact=exact))
    return Review(exact, tuple(positions))


def _last(
    rules: Rules, board: Board, turn: Mark, moves: Sequence[Move], *, exact: bool
) -> Reviewed:
    if moves and board.lines_through(moves[-1].cell, rules.line):
        return Reviewed(board, None, _for_x(1, turn.other))
    if board.is_full:
        return Reviewed(board, None, 0)
    options = _options(rules, board, turn, exact=exact)
    few = options if exact else options[:_FEW]
    return Reviewed(board, turn, _for_x(options[0].score, turn), few)


def _reviewed(board: Board, options: tuple[Option, ...], move: Move, *, exact: bool) -> Reviewed:
    best = options[0].score
    played = next(option for option in options if option.cell == move.cell)
    mistake = exact and played.score < best
    better = tuple(option.cell for option in options if mistake and option.score == best)
    few = options if exact else tuple(dict.fromkeys((*options[:_FEW], played)))
    return Reviewed(board, move.mark, _for_x(best, move.mark), few, played, mistake, better)


def _options(rules: Rules, board: Board, mark: Mark, *, exact: bool) -> tuple[Option, ...]:
    """All free cells, the best first."""
    if exact:
        values = {cell: solver.value_of(rules, board, mark, cell) for cell in board.empty_cells()}
        verdicts = {1: Verdict.WINS, 0: Verdict.DRAWS, -1: Verdict.LOSES}
        options = [Option(cell, verdicts[value], value) for cell, value in values.items()]
    else:
        weights = windows.worth(rules, board, mark)
        most = max(*weights.values(), 1)
        options = [
            Option(cell, Verdict.UNCLEAR, weight / most / 2) for cell, weight in weights.items()
        ]
    return tuple(sorted(options, key=lambda option: -option.score))


def _for_x(score: float, mark: Mark) -> float:
    return score if mark is Mark.X else -score
