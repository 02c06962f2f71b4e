"""The serious player: it solves what it can, attacks where it can, and else searches."""

from xogql.game.bots.budget import Budget, ThoughtEnoughError
from xogql.game.bots.candidates import by_gain, needed, plies_to_end, winning_cells
from xogql.game.bots.position import Position, bits
from xogql.game.bots.search import Search
from xogql.game.bots.skill import Serious
from xogql.game.bots.solver import DRAW, LOSS, Solver
from xogql.game.bots.threats import Attack
from xogql.game.rules import Rules

_SOLVED_AT_MOST = 42
"""Free cells: with more there is no hope to solve a position in no time."""

_ANSWERS = 2
"""So many times more moves are looked at here than further on."""

_SOON_COUNTED = 12
_MOST_FOURS = 24
_MOST_THREES = 8
_DEEPEST = 16


def play_seriously(
    rules: Rules, position: Position, skill: Serious, seed: int, budget: Budget
) -> int:
    """Return the best cell that is found."""
    order = by_gain(position, needed(position) or position.near(), seed)
    if plies_to_end(position) > 0:
        return by_gain(position, winning_cells(position), seed)[0]
    if len(order) == 1 or budget.is_spent:
        return order[0]
    attack = _attack(position, skill.attacking, budget)
    if attack is not None:
        return attack
    holding = _holding(rules, position, order, budget.part(skill.solving))
    if not holding:
        holding = _withstanding(position, order, skill, budget)
    if len(holding) == 1:
        return holding[0]
    search = Search(position, budget.part(skill.searching), width=skill.width)
    return search.best(holding, _DEEPEST)[0]


def _attack(position: Position, nodes: int, budget: Budget) -> int | None:
    by_fours = Attack(position, budget.part(nodes)).find(_MOST_FOURS)
    if by_fours is not None:
        return by_fours
    return Attack(position, budget.part(nodes), threes=True).find(_MOST_THREES)


def _holding(rules: Rules, position: Position, order: list[int], budget: Budget) -> list[int]:
    """The moves that keep what the position is worth; none if that was not found out."""
    start = len(position)
    if position.free.bit_count() > _SOLVED_AT_MOST:
        return []
    solver, holding = Solver(rules, budget), []
    try:
        worth = solver.value(position)
        for cell in order if worth > LOSS else ():
            if solver.value_of(position, cell) == worth:
                holding.append(cell)
                if worth > DRAW:
                    return holding
        return _most_tempting(position, holding, solver)
    except ThoughtEnoughError:
        position.undo_to(start)
    return holding


def _most_tempting(position: Position, holding: list[int], solver: Solver) -> list[int]:
    """The moves after which most of the opponent's answers lose, where they are soon counted."""
    if position.free.bit_count() > _SOON_COUNTED:
        return holding
    losing = {}
    for cell in holding:
        position.place(cell)
        answers = list(bits(position.free))
        lost = sum(solver.value_of(position, answer) == LOSS for answer in answers)
        losing[cell] = lost / max(1, len(answers))
        position.undo()
    return [cell for cell in holding if losing[cell] == max(losing.values())]


def _withstanding(
    position: Position, order: list[int], skill: Serious, budget: Budget
) -> list[int]:
    """The moves after which the opponent has no attack that is seen; all, if it always has."""
    position.turn ^= 1
    attack = _attack(position, skill.attacking, budget)
    position.turn ^= 1
    if attack is None:
        return order[: _ANSWERS * skill.width]
    withstanding = []
    for cell in order[: _ANSWERS * skill.width]:
        position.place(cell)
        if _attack(position, skill.defending, budget) is None:
            withstanding.append(cell)
        position.undo()
    return withstanding or order
