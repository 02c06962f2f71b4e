"""HARD against an engine that speaks the Gomocup protocol: its command is in GOMOCUP_ENGINE."""

import os
from collections.abc import Iterator
from pathlib import Path

from bench.brain import brain
from bench.contest import Outcome, game, house, interval, outcome
from bench.options import Options
from bench.table import Table
from xogql.game import GOMOKU
from xogql.game.bots import Level

MILLISECONDS, FEW = (10, 1000), (10,)
GAMES = 20


def measure(options: Options) -> Iterator[Table]:
    """Play a match for each time that the engine may think about a move; none without one."""
    command = os.environ.get("GOMOCUP_ENGINE")
    if not command:
        print("\nNo engine is named in GOMOCUP_ENGINE: nothing is played.")
        return
    games, rows = options.rounds_or(GAMES), []
    for milliseconds in options.sizes_or(MILLISECONDS, FEW):
        played = _match(command, milliseconds, games)
        low, high = interval(played.won + played.drawn / 2, games)
        rows.append(
            [str(milliseconds), str(played), f"{played.points:.1%}", f"{low:.1%} to {high:.1%}"]
        )
    columns = ("the engine's ms a move", "HARD won, drawn, lost", "points", "95 % of it")
    note = (
        f"{games} games on 15×15, each with either mark; its name: {Path(command.split()[0]).name}."
    )
    yield Table("HARD against another's engine", columns, rows, [note])


def _match(command: str, milliseconds: int, games: int) -> Outcome:
    results = []
    for number in range(games):
        with brain(command, GOMOKU, milliseconds) as engine:
            results.append(game(GOMOKU, house(Level.HARD), engine.choose, number))
    return outcome(results)
