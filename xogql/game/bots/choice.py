"""The choice of a cell, as well as a level can."""

from xogql.game.board import Board, Cell, Mark
from xogql.game.bots.budget import Budget, Stop, never
from xogql.game.bots.casual import play_casually
from xogql.game.bots.chance import draw
from xogql.game.bots.level import Level
from xogql.game.bots.position import Position, cell_of
from xogql.game.bots.serious import play_seriously
from xogql.game.bots.skill import SKILLS, Casual, Skill, skill_of
from xogql.game.rules import Rules

_MOST_NODES = 2_000_000
_LAPSE = -1


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
    skill = _skill_at(position, skill_of(level, rules), seed)
    if isinstance(skill, Casual):
        cell = play_casually(position, skill, seed, budget)
    else:
        cell = play_seriously(rules, position, skill, seed, budget)
    return cell_of(rules, cell)


def _skill_at(position: Position, skill: Skill, seed: int) -> Skill:
    """Return the skill, or that of a lapse if this is one of the positions where there is one."""
    chance = draw(draw(seed, *position.marks), _LAPSE)
    if isinstance(skill, Casual) or chance % 100 >= skill.lapses:
        return skill
    return SKILLS[Level.EASY]
