"""The casual player: a glance at the board, with the mistakes that people make."""

from xogql.game.bots.budget import Budget
from xogql.game.bots.candidates import by_gain, needed
from xogql.game.bots.chance import draw
from xogql.game.bots.position import Position
from xogql.game.bots.search import Search
from xogql.game.bots.skill import Casual


def play_casually(position: Position, skill: Casual, seed: int, budget: Budget) -> int:
    """Return the cell that somebody of that *skill* moves to."""
    chance = draw(seed, *position.marks)
    cells = _considered(position, skill, chance)
    order = by_gain(position, cells, chance)[: skill.width]
    if len(order) == 1:
        return order[0]
    if skill.depth:
        worth = Search(position, budget, width=skill.width).values(order, skill.depth)
    else:
        gains = position.gains()
        worth = {cell: gains[cell] for cell in order}
    return _not_quite_the_best(worth or {order[0]: 0}, skill.doubt, chance)


def _considered(position: Position, skill: Casual, chance: int) -> int:
    """The cells that catch the eye: what must be done if that is seen, else all but that."""
    me = position.turn
    matters = (
        (position.fives(me), skill.misses),
        (position.fives(me ^ 1), skill.overlooks),
        (position.doubles(me), skill.blunders),
        (needed(position), skill.blunders),
    )
    considered = position.near()
    for matter, (cells, fails) in enumerate(matters):
        if cells and _sees(fails, chance, matter):
            return cells
        considered &= ~cells
    return considered or position.near()


def _sees(fails: int, chance: int, matter: int) -> bool:
    return draw(chance, matter) % 100 >= fails


def _not_quite_the_best(worth: dict[int, int], doubt: int, chance: int) -> int:
    return max(worth, key=lambda cell: worth[cell] + draw(chance, cell) % (doubt + 1))
