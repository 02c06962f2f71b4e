"""The rules alone: commands decided, events folded; one process, no I/O."""

import random
from collections.abc import Callable, Iterator, Sequence
from time import process_time

from bench.options import Options
from bench.table import Table, peak
from xogql.game import (
    PRESETS,
    Cell,
    CreateGame,
    Event,
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

SECONDS = 0.5
ANN, BOB = PlayerId("ann"), PlayerId("bob")
BOARDS = {**PRESETS, "19 BY 19": Rules(19, 19, 5)}
COLUMNS = ("rules", "decided and folded, a CPU second: median (max)", "folded alone")
Work = Callable[[], int]


def measure(options: Options) -> Iterator[Table]:
    """Play random games by several rules, then fold what has come of them."""
    played = {name: playing(rules) for name, rules in BOARDS.items()}
    folded = {name: folding(rules) for name, rules in BOARDS.items()}
    rounds = [
        {name: (rate(played[name]), rate(folded[name])) for name in BOARDS}
        for _ in range(options.rounds_or(5))
    ]
    rows = [
        (name, *(peak(each) for each in zip(*(found[name] for found in rounds), strict=True)))
        for name in BOARDS
    ]
    yield Table("Moves and events", COLUMNS, rows, [f"{len(rounds)} rounds."])


def rate(work: Work) -> float:
    """Work for a while, and give how much was done in a second of CPU."""
    done, start = 0, process_time()
    while (spent := process_time() - start) < SECONDS:
        done += work()
    return done / spent


def playing(rules: Rules) -> Work:
    """Make what plays a random game and gives the number of its moves."""
    dice = random.Random(1)
    return lambda: len(game(rules, dice)) - 2


def folding(rules: Rules) -> Work:
    """Make what folds a whole game and gives the number of its events."""
    events = game(rules, random.Random(1))

    def work() -> int:
        fold(events)
        return len(events)

    return work


def game(rules: Rules, dice: random.Random) -> Sequence[Event]:
    """Play at random until it is over; give what happened."""
    events = list(decide(CreateGame(ANN, rules, Mark.X, Mark.X), initial_state()))
    events += decide(JoinGame(BOB), fold(events))
    state = fold(events)
    cells = [Cell(row, column) for row in range(rules.rows) for column in range(rules.columns)]
    for cell in dice.sample(cells, len(cells)):
        if not isinstance(state, Playing):
            break
        mover = state.x if state.turn is Mark.X else state.o
        made = decide(MakeMove(mover, cell), state)
        state = fold(made, state)
        events += made
    return events
