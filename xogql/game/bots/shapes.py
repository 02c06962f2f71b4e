"""Shapes: what the marks in a lane offer to one who has a move in it."""

from collections.abc import Iterator
from dataclasses import dataclass

_GREATEST_GAIN = 8_000


@dataclass(frozen=True, slots=True)
class Shapes:
    """What a lane offers to a mark; places are bits, counted from the start of the lane.

    A move to one of *fives* makes a line; to *straights* it threatens two lines at once; to
    *fours* one; to *threes* it threatens a straight. (The words are those of five in a row: with
    lines of another length a four lacks one mark to a line, and a three two.) *gains* weigh
    each free place, *worth* the whole, and *potential* is two to the power of the marks summed
    over the runs that may yet become a line.
    """

    fives: int
    straights: int
    fours: int
    threes: int
    gains: tuple[int, ...]
    worth: int
    potential: int


def shapes(length: int, line: int, mine: int, theirs: int) -> Shapes:
    """Say what a lane of *length* cells with these marks offers to the owner of *mine*."""
    runs = _open_runs(length, line, theirs)
    fives = _fives(runs, line, mine)
    straights, fours = _fours(runs, line, mine, fives)
    threes = _threes(runs, line, mine, fives | straights | fours)
    gains = [0] * length
    worth = potential = 0
    for run in runs:
        marks = (mine & run).bit_count()
        worth += _weight(line, marks)
        potential += 1 << marks
        gain = _weight(line, marks + 1) - _weight(line, marks)
        for place in _bits(run & ~mine):
            gains[place] += gain
    capped = tuple(min(gain, _GREATEST_GAIN) for gain in gains)
    return Shapes(fives, straights, fours, threes, capped, worth, potential)


def _open_runs(length: int, line: int, theirs: int) -> list[int]:
    whole = (1 << line) - 1
    runs = (whole << start for start in range(length - line + 1))
    return [run for run in runs if not run & theirs]


def _fives(runs: list[int], line: int, mine: int) -> int:
    fives = 0
    for run in runs:
        if (mine & run).bit_count() == line - 1:
            fives |= run & ~mine
    return fives


def _fours(runs: list[int], line: int, mine: int, fives: int) -> tuple[int, int]:
    straights = fours = 0
    for place in _bits(_lacking(runs, mine, line - 2) & ~fives):
        after = (_fives(runs, line, mine | 1 << place) & ~fives).bit_count()
        if after > 1:
            straights |= 1 << place
        elif after:
            fours |= 1 << place
    return straights, fours


def _threes(runs: list[int], line: int, mine: int, better: int) -> int:
    threes = 0
    for place in _bits(_lacking(runs, mine, line - 3) & ~better):
        marks = mine | 1 << place
        straights, _ = _fours(runs, line, marks, _fives(runs, line, marks))
        if straights & ~better:
            threes |= 1 << place
    return threes


def _lacking(runs: list[int], mine: int, marks: int) -> int:
    free = 0
    for run in runs:
        if (mine & run).bit_count() == marks:
            free |= run & ~mine
    return free


def _weight(line: int, marks: int) -> int:
    # One more mark is always worth more, however many lack.
    return 4 ** max(0, 5 - (line - marks)) + marks if marks else 0


def _bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
