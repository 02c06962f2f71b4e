"""Candidates: what is settled already on a position, and else the moves worth a look."""

from xogql.game.bots.chance import draw
from xogql.game.bots.pattern_table import FOURS
from xogql.game.bots.position import Position, bits


def plies_to_end(position: Position) -> int:
    """Tell in how many plies the side to move wins, or less than none if it loses; 0: unsettled.

    It wins by a line, now or after a threat of two; it loses when it is threatened by two.
    """
    me = position.turn
    if position.fives(me):
        return 1
    forced = position.fives(me ^ 1)
    if forced & forced - 1:
        return -2
    winning = position.doubles(me)
    return 3 if (winning & forced if forced else winning) else 0


def winning_cells(position: Position) -> int:
    """Return the cells that win at once or by a threat of two lines, the sooner ones only."""
    me = position.turn
    forced = position.fives(me ^ 1)
    if forced & forced - 1:
        return position.fives(me)
    winning = position.doubles(me)
    return position.fives(me) or (winning & forced if forced else winning)


def needed(position: Position) -> int:
    """Return the cells of which one must be taken, or the game is lost; 0 where all may be."""
    me = position.turn
    if forced := position.fives(me ^ 1):
        return forced
    if feared := position.doubles(me ^ 1):
        # Only a mark in a run of the threat stops it; a four of one's own delays it.
        return feared | position.offered(me ^ 1, FOURS) | position.offered(me, FOURS)
    return 0


def by_gain(position: Position, cells: int, seed: int) -> list[int]:
    """Order *cells* by how much they gain for either side, by chance where that is equal."""
    order = sorted(bits(cells), key=lambda cell: draw(seed, cell))
    return sorted(order, key=position.gains().__getitem__, reverse=True)
