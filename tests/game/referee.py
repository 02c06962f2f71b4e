"""The rules written a second time: slow, naive, and sharing nothing with the first but names."""

from collections.abc import Mapping

from xogql.game import Cell, Line, Mark


def lines_on(marks: Mapping[Cell, Mark], length: int) -> tuple[Line, ...]:
    """Every whole run of *length* or more anywhere on the board, rows before columns and so on."""
    runs = (
        _run(marks, start, down, right)
        for down, right in ((0, 1), (1, 0), (1, 1), (1, -1))
        for start in sorted(marks)
    )
    return tuple(run for run in runs if len(run) >= length)


def _run(marks: Mapping[Cell, Mark], start: Cell, down: int, right: int) -> Line:
    """The run that starts here and not before."""
    mark = marks[start]
    if marks.get(Cell(start.row - down, start.column - right)) == mark:
        return ()
    run = [start]
    while marks.get(following := Cell(run[-1].row + down, run[-1].column + right)) == mark:
        run.append(following)
    return tuple(run)
