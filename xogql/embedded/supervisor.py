"""Stop a program when the process that wanted it is gone, however it went.

A script of its own, with the standard library only: `supervisor.py UID:GID PROGRAM ARGUMENT...`
(`UID:GID` may be empty). Its standard input is a pipe that nobody writes to: when the kernel closes
the other end, the program is asked to stop, then told to, then killed.
"""

import os
import signal
import subprocess
import sys
import threading
from types import FrameType

# To Postgres: shut down fast; shut down at once; and no more asking.
STEPS = (("SIGINT", 30.0), ("SIGQUIT", 5.0), ("SIGKILL", 5.0))
LONGEST_STOP = sum(seconds for _, seconds in STEPS)


def supervise(user: str, *command: str) -> int:
    """Run *command* until it ends or our standard input does; return its exit status."""
    # A handler, unlike SIG_IGN, is not handed down to the program.
    for each in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _outlive)
    uid, gid = map(int, user.split(":")) if user else (None, None)
    program = subprocess.Popen(  # noqa: S603 -- the command is our owner's, no shell
        command,
        stdin=subprocess.DEVNULL,
        close_fds=False,  # the lock on the data folder is the program's as well
        user=uid,
        group=gid,
        extra_groups=() if user else None,
    )
    threading.Thread(target=_stop_with_owner, args=(program,), daemon=True).start()
    return program.wait()


def _stop_with_owner(program: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    for name, patience in STEPS:
        program.send_signal(signal.Signals[name])
        try:
            program.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return


def _outlive(_signal: int, _frame: FrameType | None) -> None:
    pass


if __name__ == "__main__":
    sys.exit(supervise(*sys.argv[1:]))
