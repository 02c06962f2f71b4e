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

_MINE, _THEIRS = 1, 2
_PATIENCE = 60.0
_TALK = ("MESSAGE", "DEBUG", "INFO")


class BrainError(Exception):
    """The engine said nothing in time, or nothing that the protocol knows."""


class Brain:
    """An engine that is asked for one move after the other."""

    def __init__(self, process: subprocess.Popen[str], rules: Rules) -> None:
        self._process = process
        self._rules = rules

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
        answer = self._asked("\n".join(["BOARD", *_stones(board, mark), "DONE"]))
        if not (found := re.fullmatch(r"(\d+),(\d+)", answer)):
            raise BrainError(answer)
        return Cell(row=int(found[2]), column=int(found[1]))

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


def _stones(board: Board, mark: Mark) -> Iterator[str]:
    for row, marks in enumerate(board.rows):
        for column, there in enumerate(marks):
            if there is not None:
                yield f"{column},{row},{_MINE if there is mark else _THEIRS}"


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
