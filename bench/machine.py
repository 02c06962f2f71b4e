"""The machine: which CPU does what, how many files a process may open, and what it is called."""

import os
import platform
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cores:
    """The CPUs of the server with its Postgres, and of the load."""

    server: frozenset[int]
    load: frozenset[int]

    def __str__(self) -> str:
        if self.server == self.load:
            return f"server, Postgres and load share CPU {_named(self.server)}"
        return f"server and Postgres on CPU {_named(self.server)}, load on {_named(self.load)}"


def cores() -> Cores:
    """Give the first CPU to the server and the second to the load, where there are two."""
    if not hasattr(os, "sched_setaffinity"):
        return Cores(frozenset(), frozenset())
    mine = sorted(_ALLOWED)
    if _shared.get():
        return Cores(frozenset(mine), frozenset(mine))
    return Cores(frozenset(mine[:1]), frozenset(mine[1:2] or mine[:1]))


@contextmanager
def sharing() -> Iterator[None]:
    """Let the server, Postgres and the load have all CPUs alike during the block."""
    token = _shared.set(True)
    try:
        yield
    finally:
        _shared.reset(token)


@contextmanager
def pinned(cpus: frozenset[int]) -> Iterator[None]:
    """Have processes that are started in the block run on those CPUs only."""
    if not cpus:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def open_many_files() -> int:
    """Allow this process and its children as many files as the machine does; give how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def described() -> str:
    """Say where this is measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.release()} {platform.machine()}, {_processor()}, "
        f"{os.cpu_count()} CPUs, {memory:.0f} GiB, Python {platform.python_version()}"
    )


def load_average() -> float:
    """Say how many processes wanted a CPU in the last minute."""
    return os.getloadavg()[0]


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def _named(cpus: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(cpus)))


_shared = ContextVar("shared", default=False)
_ALLOWED = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()
