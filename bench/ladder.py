"""The ladder: each level of the house against the one below, and how sure it is who is better."""

from collections.abc import Iterable, Sequence

from bench.contest import Outcome, contest, interval
from bench.table import Table
from xogql.game import Rules
from xogql.game.bots import levels

_COLUMNS = (
    "board",
    "players",
    "won, drawn, lost",
    "points",
    "won of those decided",
    "95 % of it",
)


def contests(boards: Iterable[Rules], games: int) -> Table:
    """Have so many games played by each two neighbours, on each of the boards."""
    rows = []
    for rules in boards:
        below = levels(rules)
        for level, other in zip(below[1:], below, strict=False):
            told = _told(contest(rules, level, other, games))
            rows.append([named(rules), f"{level} against {other}", *told])
    note = f"{games} games each, every second with the other mark; Wilson's interval."
    return Table("Each level against the one below", _COLUMNS, rows, [note])


def named(rules: Rules) -> str:
    """Name a board and its rules."""
    return f"{rules.rows}×{rules.columns}, {rules.line} in a row"


def _told(outcome: Outcome) -> Sequence[str]:
    low, high = interval(outcome.won, outcome.decided)
    share = f"{outcome.won / outcome.decided:.1%}" if outcome.decided else "-"
    known = f"{low:.1%} to {high:.1%}" if outcome.decided else "-"
    return str(outcome), f"{outcome.points:.1%}", share, known
