"""The pure player: given a position, a level and a seed it chooses a cell, and it reviews games.

>>> from xogql.game import Mark, TIC_TAC_TOE, parse_board
>>> board = parse_board("XX./OO./...")
>>> choose(TIC_TAC_TOE, board, Mark.O, Level.PERFECT, seed=1)
Cell(row=1, column=2)
"""

from xogql.game.bots.assessment import Option, Verdict
from xogql.game.bots.budget import Stop, never
from xogql.game.bots.choice import choose
from xogql.game.bots.level import Level, levels
from xogql.game.bots.review import Review, Reviewed, review
from xogql.game.bots.solver import is_solved

__all__ = [
    "Level",
    "Option",
    "Review",
    "Reviewed",
    "Stop",
    "Verdict",
    "choose",
    "is_solved",
    "levels",
    "never",
    "review",
]
