"""The rules alone: every game of tic-tac-toe, move by move, and counted."""

from collections.abc import Iterator
from time import process_time

from bench.options import Options
from bench.table import Table, number, peak, spread
from xogql.game import (
    Cell,
    CreateGame,
    JoinGame,
    MakeMove,
    Mark,
    PlayerId,
    Playing,
    Rules,
    decide,
    fold,
    initial_state,
)

ANN, BOB = PlayerId("ann"), PlayerId("bob")
RULES = Rules(3, 3, 3)
CELLS = [Cell(row, column) for row in range(3) for column in range(3)]
KNOWN = {5: (1_440, 18_729), 6: (6_768, 73_449), 9: (255_168, 549_945)}
"""By how many moves are made: games that are over by then, and positions on the way."""

DEPTHS, SHORT = (6, 9), (5,)
COLUMNS = ("moves", "games over", "positions", "CPU seconds, median (min)", "positions/s (max)")


class WrongCountError(Exception):
    """The rules allow other games than tic-tac-toe has."""


def measure(options: Options) -> Iterator[Table]:
    """Count in rounds, and compare with what is known."""
    rounds, rows = options.rounds_or(3), []
    for depth in options.sizes_or(DEPTHS, SHORT):
        over, positions = KNOWN[depth]
        took = [_seconds(depth) for _ in range(rounds)]
        rates = [positions / each for each in took]
        rows.append((str(depth), number(over), number(positions), spread(took), peak(rates)))
    yield Table("Tic-tac-toe", COLUMNS, rows, [f"{rounds} rounds."])


def _seconds(depth: int) -> float:
    state = fold(decide(CreateGame(ANN, RULES, Mark.X, Mark.X), initial_state()))
    state = fold(decide(JoinGame(BOB), state), state)
    assert isinstance(state, Playing)
    began = process_time()
    counted = count(state, depth)
    if counted != KNOWN[depth]:
        raise WrongCountError(counted)
    return process_time() - began


def count(game: Playing, depth: int) -> tuple[int, int]:
    """Count the games that are over within *depth* moves from here, and the positions."""
    over = positions = 0
    mover = game.x if game.turn is Mark.X else game.o
    for cell in CELLS:
        if game.board[cell] is not None:
            continue
        positions += 1
        after = fold(decide(MakeMove(mover, cell), game), game)
        if not isinstance(after, Playing):
            over += 1
        elif depth > 1:
            ended, seen = count(after, depth - 1)
            over, positions = over + ended, positions + seen
    return over, positions
