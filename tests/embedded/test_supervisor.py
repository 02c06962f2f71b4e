"""A program that does not stop when it is asked is told, then killed."""

import signal
import subprocess
import sys

import pytest

STUBBORN = """
import signal, time
for at, each in enumerate((signal.SIGINT, signal.SIGQUIT)):
    # What is started in the background may ignore them from the start.
    signal.signal(each, signal.SIG_IGN if at < {refuses} else signal.SIG_DFL)
print("ready", flush=True)
time.sleep(60)
"""
IMPATIENT = """
import sys
from xogql.embedded import supervisor
refuses = int(sys.argv.pop(1))
supervisor.STEPS = tuple(
    (name, 0.2 if at < refuses else 60.0) for at, (name, _) in enumerate(supervisor.STEPS)
)
sys.exit(-supervisor.supervise("", *sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("refuses", "last"), [(0, signal.SIGINT), (1, signal.SIGQUIT), (2, signal.SIGKILL)]
)
def test_each_step_follows_the_one_before(refuses: int, last: signal.Signals) -> None:
    program = [sys.executable, "-c", STUBBORN.format(refuses=refuses)]
    with subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, str(refuses), *program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stdin is not None
        supervisor.stdout.readline()
        supervisor.stdin.close()

        assert supervisor.wait(60) == last


def test_the_status_of_the_program_is_ours() -> None:
    program = [sys.executable, "-c", "raise SystemExit(3)"]
    with subprocess.Popen(
        [sys.executable, "-c", IMPATIENT.replace("-supervisor", "supervisor"), "0", *program],
        stdin=subprocess.PIPE,
    ) as supervisor:
        assert supervisor.wait(60) == 3
