"""Threat-space search: a win by threats, each of which must be answered at once.

By fours alone it is called VCF, victory by continuous fours; with threes as well VCT. What is
found is proven: every answer that could hold was tried.
"""

from xogql.game.bots.budget import Budget, ThoughtEnoughError
from xogql.game.bots.candidates import needed, plies_to_end, winning_cells
from xogql.game.bots.pattern_table import FOURS, THREES
from xogql.game.bots.position import Position


class Attack:
    """A search for a win by threats of the side to move."""

    def __init__(self, position: Position, budget: Budget, *, threes: bool = False) -> None:
        self._position = position
        self._budget = budget
        self._threes = threes
        self._failed: dict[tuple[int, int, int], int] = {}
        self._is_cut_short = False

    def find(self, deepest: int) -> int | None:
        """Return a cell that wins by at most *deepest* threats, None if none was found."""
        start = len(self._position)
        try:
            for depth in range(deepest + 1):
                self._is_cut_short = False
                cell = self._win(depth)
                if cell is not None or not self._is_cut_short:
                    return cell
        except ThoughtEnoughError:
            self._position.undo_to(start)
        return None

    def _win(self, depth: int) -> int | None:
        position = self._position
        self._budget.spend()
        if plies := plies_to_end(position):
            return position.best_first(winning_cells(position))[0] if plies > 0 else None
        key = position.key
        if self._failed.get(key, -1) >= depth:
            return None
        for cell in self._threatening():
            if not depth:
                self._is_cut_short = True
                return None
            position.place(cell)
            wins = self._wins_whatever_follows(depth - 1)
            position.undo()
            if wins:
                return cell
        self._failed[key] = depth
        return None

    def _threatening(self) -> list[int]:
        position = self._position
        me = position.turn
        fours = position.offered(me, FOURS)
        forced = position.fives(me ^ 1)
        if not self._threes:
            return position.best_first(fours & forced if forced else fours)
        if forced:
            return position.best_first(forced)
        threes = position.offered(me, THREES) & ~fours
        return position.best_first(fours) + position.best_first(threes)

    def _wins_whatever_follows(self, depth: int) -> bool:
        position = self._position
        them = position.turn
        if position.fives(them):
            return False
        if not position.fives(them ^ 1) and (not self._threes or position.doubles(them)):
            return False
        answers = position.best_first(needed(position))
        return bool(answers) and all(self._wins_after(answer, depth) for answer in answers)

    def _wins_after(self, answer: int, depth: int) -> bool:
        self._position.place(answer)
        wins = self._win(depth) is not None
        self._position.undo()
        return wins
