"""What processes cost, by the kernel's account: CPU and memory of one and all it has started."""

import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PARENT, CHILDREN_USER, CHILDREN_SYSTEM = 1, 13, 14
"""Places in /proc/PID/stat, counted from the state."""

CPUCLOCK_SCHED = 2


def cpu_of(root: int) -> float:
    """Give the seconds of CPU that a process and its descendants have used, ended ones too."""
    return sum(_own(pid) + _ended_children(pid) for pid in family(root))


def memory_of(root: int) -> int:
    """Give the bytes of memory that are theirs alone or shared in proportion."""
    return sum(_proportional(pid) for pid in family(root))


def family(root: int) -> Iterator[int]:
    """Give a process and its descendants."""
    children = _children()
    pending = [root]
    while pending:
        pid = pending.pop()
        yield pid
        pending += children.get(pid, ())


def _own(pid: int) -> float:
    """Read a process's CPU clock: nanoseconds, where /proc counts hundredths of a second."""
    with suppress(OSError):
        return time.clock_gettime((~pid << 3) | CPUCLOCK_SCHED)
    return 0.0


def _ended_children(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[CHILDREN_USER]) + int(fields[CHILDREN_SYSTEM])) / TICKS if fields else 0.0


def _proportional(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _children() -> Mapping[int, Sequence[int]]:
    found = defaultdict[int, list[int]](list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            found[int(fields[PARENT])].append(int(entry.name))
    return found


def _stat(pid: int) -> Sequence[str]:
    """Read what follows the name, which may hold spaces."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return ()
