"""The house's players: the levels of large boards, the time of a move, and the search."""

from collections.abc import Iterator
from statistics import median, quantiles
from time import process_time

from bench.ladder import contests, named
from bench.options import Options
from bench.table import Table, number, peak
from xogql.game import FOUR_IN_A_ROW, GOMOKU, TIC_TAC_TOE, Mark, Rules
from xogql.game.bots import Level, choose, levels
from xogql.game.bots.position import Position

GAMES, FEW_GAMES = (200,), (10,)
CONTESTS = (FOUR_IN_A_ROW, GOMOKU)
BOARDS = (TIC_TAC_TOE, *CONTESTS)
SIZES = (
    TIC_TAC_TOE,
    Rules(4, 4, 4),
    Rules(5, 4, 4),
    FOUR_IN_A_ROW,
    Rules(9, 9, 5),
    GOMOKU,
    Rules(19, 19, 5),
)
MOVES, FEW_MOVES = 100, 10
MARKS_OF_A_WALK = 8
WALKS = 500


def measure(options: Options) -> Iterator[Table]:
    """Play, then time single moves, then the search's places and undoings."""
    (games,) = options.sizes_or(GAMES, FEW_GAMES)
    yield contests(CONTESTS, games)
    yield _times(FEW_MOVES if options.short else MOVES)
    yield _pairs(options.rounds_or(5))


def _times(moves: int) -> Table:
    rows = []
    for rules in SIZES:
        for level in levels(rules):
            took = [1000 * each for each in _seconds(rules, level, moves)]
            late = quantiles(took, n=100)[-1]
            rows.append([named(rules), level, *map(number, (median(took), late, max(took)))])
    columns = ("board", "level", "median ms", "p99 ms", "slowest ms")
    note = f"CPU time of {moves} moves of games against MEDIUM, in one process on one core."
    return Table("Time a move", columns, rows, [note])


def _seconds(rules: Rules, level: Level, moves: int) -> Iterator[float]:
    board, turn, seed = rules.empty_board, Mark.X, 0
    for _ in range(moves):
        for player in (level, Level.MEDIUM):
            began = process_time()
            cell = choose(rules, board, turn, player, seed=seed)
            if player is level:
                yield process_time() - began
            board, turn = board.mark(cell, turn), turn.other
            if board.lines_through(cell, rules.line) or board.is_full:
                board, turn, seed = rules.empty_board, Mark.X, seed + 1


def _pairs(rounds: int) -> Table:
    rows = []
    for rules in BOARDS:
        rates = [_walked(rules) for _ in range(rounds)]
        rows.append([named(rules), peak(rates)])
    columns = ("board", "pairs/s, median (max)")
    note = f"{rounds} rounds of {WALKS} walks of up to {MARKS_OF_A_WALK} marks, all shapes kept up."
    return Table("Marks placed and undone by the search", columns, rows, [note])


def _walked(rules: Rules) -> float:
    position = Position(rules, rules.empty_board, Mark.X)
    cells = position.best_first(position.free)
    marks = min(MARKS_OF_A_WALK, len(cells))
    began = process_time()
    for walk in range(WALKS):
        for step in range(marks):
            position.place(cells[(walk + step) % len(cells)])
        for _ in range(marks):
            position.undo()
    return WALKS * marks / (process_time() - began)
