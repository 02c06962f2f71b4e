"""The choice of a cell, as well as a level can."""

from xogql.game.board import Board, Cell, Mark
from xogql.game.bots.budget import Budget, Stop, never
from xogql.game.bots.casual import play_casually
from xogql.game.bots.level import Level
from xogql.game.bots.position import Position, cell_of
from xogql.game.bots.serious import play_seriously
from xogql.game.bots.skill import SKILLS, Casual, Skill
from xogql.game.rules import Rules

_MOST_NODES = 2_000_000


def choose(
    rules: Rules,
    board: Board,
    mark: Mark,
    level: Level,
    *,
    seed: int,
    stop: Stop = never,
) -> Cell:
    """Choose a free cell for *mark* to move to: the same for the same arguments.

    No line is on the board yet. Once *stop* is true the best that was seen so far is chosen.

    Raises:
        ValueError: No cell is free.
    """
    if board.is_full:
        message = f"no cell is free on {board!r}"
        raise ValueError(message)
    position = Position(rules, board, mark)
    budget = Budget(_MOST_NODES, stop)
    skill: Skill = SKILLS[level]
    if isinstance(skill, Casual):
        cell = play_casually(position, skill, seed, budget)
    else:
        cell = play_seriously(rules, position, skill, seed, budget)
    return cell_of(rules, cell)
