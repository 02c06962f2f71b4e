"""The rules alone: whole games decided and folded, one process, no I/O."""

import random
from collections.abc import Callable
from time import process_time

from bench.table import Row, Table
from xogql.game import (
    PRESETS,
    Absent,
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

ROUNDS = 5
SECONDS = 0.5
ANN, BOB = PlayerId("ann"), PlayerId("bob")


def measure() -> Table:
    """Play random games by each preset's rules, in turn."""
    plays = {name: play(rules) for name, rules in PRESETS.items()}
    rounds = [{name: rate(each) for name, each in plays.items()} for _ in range(ROUNDS)]
    rows = [Row(name, "moves per CPU second", [each[name] for each in rounds]) for name in plays]
    return Table("rules: decide and evolve", rows)


def rate(play_one: Callable[[], int]) -> float:
    """Play for a while and give the moves per second of CPU."""
    moves, start = 0, process_time()
    while (spent := process_time() - start) < SECONDS:
        moves += play_one()
    return moves / spent


def play(rules: Rules) -> Callable[[], int]:
    """Make a function that plays a random game and gives the number of its moves."""
    cells = [Cell(row, column) for row in range(rules.rows) for column in range(rules.columns)]
    dice = random.Random(1)

    def one() -> int:
        state = fold(decide(CreateGame(ANN, rules, Mark.X, Mark.X), initial_state()))
        state = fold(decide(JoinGame(BOB), state), state)
        for cell in dice.sample(cells, len(cells)):
            if not isinstance(state, Playing):
                break
            mover = state.x if state.turn is Mark.X else state.o
            state = fold(decide(MakeMove(mover, cell), state), state)
        return 0 if isinstance(state, Absent) else len(state.moves)

    return one
