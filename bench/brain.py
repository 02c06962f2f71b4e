"""A brain: an engine in a process of its own that speaks the Gomocup protocol.

The protocol is told at https://plastovicka.github.io/protocl2en.htm: lines of text, to and fro.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import IO

from xogql.game import Board, Cell, Mark, Rules

_PATIENCE = 60.0
_ASKED_AGAIN = 3
_MOVE = re.compile(r"(\d+),(\d+)")
_TALK = ("MESSAGE", "DEBUG", "INFO")


class BrainError(Exception):
    """The engine said nothing in time, or nothing that the protocol knows."""


class Brain:
    """An engine that is asked for one move after the other."""

    def __init__(self, process: subprocess.Popen[str], rules: Rules) -> None:
        self._process = process
        self._rules = rules
        self._board = rules.empty_board

    def begin(self, milliseconds: int) -> None:
        """Tell it the board, the rules and how long it may think about a move."""
        answer = self._asked(f"START {self._rules.rows}")
        if not answer.startswith("OK"):
            raise BrainError(answer)
        for each in ("rule 0", f"timeout_turn {milliseconds}", "timeout_match 0"):
            self._say(f"INFO {each}")

    def choose(self, rules: Rules, board: Board, mark: Mark, number: int) -> Cell:
        """Return the cell it moves to; *number* is of no interest to it."""
        del rules, number
        answer = self._asked(self._told(board))
        for _ in range(_ASKED_AGAIN):
            # An engine may drop what it hears right after its last answer.
            answer = answer if _MOVE.fullmatch(answer) else self._asked(self._told(board))
        if not (found := _MOVE.fullmatch(answer)):
            raise BrainError(answer)
        cell = Cell(row=int(found[2]), column=int(found[1]))
        self._board = board.mark(cell, mark)
        return cell

    def _told(self, board: Board) -> str:
        """What the opponent did since the engine moved."""
        for cell in self._board.empty_cells():
            if not board.is_free(cell):
                return f"TURN {cell.column},{cell.row}"
        return "BEGIN"

    def end(self) -> None:
        """Have it go."""
        self._say("END")

    def _asked(self, text: str) -> str:
        self._say(text)
        timer = Timer(_PATIENCE, self._process.kill)
        timer.start()
        try:
            for line in _pipe(self._process.stdout):
                if line.strip() and not line.startswith(_TALK):
                    return line.strip()
        finally:
            timer.cancel()
        raise BrainError(text)

    def _say(self, text: str) -> None:
        pipe = _pipe(self._process.stdin)
        pipe.write(text + "\n")
        pipe.flush()


@contextmanager
def brain(command: str, rules: Rules, milliseconds: int) -> Iterator[Brain]:
    """Start the engine *command* for a game of five or more in a row on a square board."""
    pipe = subprocess.PIPE
    with subprocess.Popen(shlex.split(command), stdin=pipe, stdout=pipe, text=True) as process:
        started = Brain(process, rules)
        try:
            started.begin(milliseconds)
            yield started
            started.end()
        except BaseException:
            process.kill()
            raise


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
