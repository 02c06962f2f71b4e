"""A process that thinks: thoughts come in, answers go out. Run by `play/thinker.py`.

It imports the rules and the standard library only, so that it starts fast and stays small. It ends
with its owner, however that went: the kernel closes the pipe then.
"""

import os
import pickle
import resource
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Any

from xogql.play.thoughts import Thought

POLITENESS = 5
"""How much it gives way to processes that answer clients."""

STATUS = Path("/proc/self/status")

HEAD = 4
"""Bytes before an answer that tell how long it is."""


def serve() -> None:
    """Answer one thought after another; what goes wrong ends the process, and its owner sees it."""
    os.nice(POLITENESS)
    asked: SimpleQueue[tuple[Thought[Any], float]] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        thought, seconds = asked.get()
        answer = pickle.dumps((thought.think(_after(seconds)), _memory()))
        sys.stdout.buffer.write(len(answer).to_bytes(HEAD, "big") + answer)
        sys.stdout.buffer.flush()


def _memory() -> int:
    """Tell how many bytes this process has needed at most.

    Linux counts into `ru_maxrss` what the owner had when it made the process.
    """
    with suppress(OSError):
        lines = STATUS.read_text().splitlines()
        return 1024 * next(int(each.split()[1]) for each in lines if each.startswith("VmHWM"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _after(seconds: float) -> Callable[[], bool]:
    end = monotonic() + seconds
    return lambda: monotonic() > end


def _listen(asked: SimpleQueue[tuple[Thought[Any], float]]) -> None:
    """Hear thoughts until there are no more to come: then end, also in the middle of one."""
    with suppress(EOFError):
        while True:
            asked.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - from our owner alone
    os._exit(0)


if __name__ == "__main__":
    serve()
