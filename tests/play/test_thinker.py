"""Processes that think: real ones, that are killed, hang, and lose their owner."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import suppress
from select import select

import pytest

from tests.play.thoughts import Deaf, Dying, Echo, Endless, Identity, Wrong
from xogql.game import TIC_TAC_TOE, Cell, Mark, parse_board
from xogql.game.bots import Level
from xogql.play import thinker
from xogql.play.thinker import Thinker, ThoughtLostError, resting, thinking
from xogql.play.thoughts import Choosing, Weighing

PATIENCE = 20.0
OWNER = """
import asyncio
from tests.play.thoughts import Deaf, Identity
from xogql.play.thinker import Thinker

async def main():
    one = Thinker()
    print((await one.think(Identity(), 5))[0], flush=True)
    await one.think(Deaf(), 600)

asyncio.run(main())
"""


@pytest.fixture
async def someone(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Thinker]:
    """Who can be asked the questions of the tests: a process sees the tests' folder, too."""
    monkeypatch.setattr(thinker, "GRACE", 1.0)
    async with thinking() as made:
        yield made


async def gone(pid: int) -> None:
    """Wait until a process has ended."""
    with suppress(ProcessLookupError), os.fdopen(os.pidfd_open(pid)) as process:
        ended, _, _ = await asyncio.to_thread(select, [process], [], [], PATIENCE)
        assert ended


async def test_a_move_is_chosen_elsewhere(someone: Thinker) -> None:
    board = parse_board("XX./OO./...")
    question = Choosing(TIC_TAC_TOE, board, Mark.O, Level.HARD, seed=1)

    assert await someone.think(question, 5) == Cell(1, 2)
    assert someone.pid != os.getpid()


async def test_a_position_is_worth_to_one_what_it_costs_the_other(someone: Thinker) -> None:
    values = [await someone.think(Weighing(TIC_TAC_TOE, (), mark), 5) for mark in Mark]

    assert values == [0, 0]


async def test_a_large_owner_does_not_make_a_process_large(someone: Thinker) -> None:
    ballast = b"x" * (thinker.MOST_MEMORY + 1)

    first, *_ = await someone.think(Identity(), 5)
    again, *_ = await someone.think(Identity(), 5)

    assert first == again
    assert ballast


async def test_one_process_thinks_of_one_thing_after_another(someone: Thinker) -> None:
    assert [await someone.think(Echo(each), 5) for each in ("a", None, 10**50)] == [
        "a",
        None,
        10**50,
    ]
    pids = {(await someone.think(Identity(), 5))[0] for _ in range(3)}

    assert pids == {someone.pid}


async def test_a_process_is_told_no_secrets_and_is_not_in_our_session(
    someone: Thinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XOGQL_SECRET", "a secret")

    pid, secrets, session = await someone.think(Identity(), 5)

    assert secrets == []
    assert session == pid != os.getsid(0)


async def test_who_has_no_more_time_gives_the_best_so_far(someone: Thinker) -> None:
    assert await someone.think(Endless(), 0.05) == "the best so far"


@pytest.mark.parametrize("thought", [Deaf(), Wrong(), Dying()], ids=str)
async def test_what_is_lost_is_told_and_the_next_process_thinks_on(
    someone: Thinker, thought: Deaf, capfd: pytest.CaptureFixture[str]
) -> None:
    before, _, _ = await someone.think(Identity(), 5)

    with pytest.raises(ThoughtLostError):
        await someone.think(thought, 0.1)

    await gone(before)
    assert await someone.think(Echo("on"), 5) == "on"
    assert someone.pid != before
    assert ("ZeroDivisionError" in capfd.readouterr().err) == isinstance(thought, Wrong)


async def test_a_process_that_is_killed_loses_one_thought(someone: Thinker) -> None:
    await someone.think(Echo(1), 5)
    assert someone.pid is not None
    async with asyncio.TaskGroup() as group:
        lost = group.create_task(_lost(someone))
        await asyncio.sleep(0)
        os.kill(someone.pid, signal.SIGKILL)

    assert lost.result()
    assert await someone.think(Echo(2), 5) == 2


async def _lost(someone: Thinker) -> bool:
    with pytest.raises(ThoughtLostError):
        await someone.think(Endless(), 60)
    return True


async def test_a_process_that_has_grown_large_is_replaced(
    someone: Thinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, _, _ = await someone.think(Identity(), 5)
    assert someone.pid == small
    monkeypatch.setattr(thinker, "MOST_MEMORY", 1)

    large, _, _ = await someone.think(Identity(), 5)

    assert large == small
    await gone(large)
    assert (await someone.think(Identity(), 5))[0] != large


async def test_who_gives_up_waiting_ends_the_process(someone: Thinker) -> None:
    await someone.think(Echo(1), 5)
    pid = someone.pid
    assert pid is not None

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await someone.think(Deaf(), 600)

    await gone(pid)
    assert await someone.think(Echo(2), 5) == 2


async def test_a_process_without_thoughts_ends_and_another_begins(
    someone: Thinker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinker, "LINGER", 0.0)
    await someone.think(Echo(1), 5)
    pid = someone.pid
    assert pid is not None
    more: asyncio.Queue[str] = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        taken = group.create_task(resting(someone, more.get))
        await gone(pid)
        more.put_nowait("more")

    assert taken.result() == "more"
    assert await someone.think(Echo(2), 5) == 2


async def test_no_process_is_left_when_its_owner_is_killed_while_it_thinks() -> None:
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, stdout=subprocess.PIPE
    )
    assert owner.stdout is not None
    pid = int(await owner.stdout.readline())
    os.kill(pid, 0)

    owner.kill()
    await owner.wait()

    await gone(pid)
