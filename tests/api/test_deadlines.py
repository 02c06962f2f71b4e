"""Deadlines that share a timer behave as asyncio.timeout does."""

import asyncio

import pytest

from xogql.api.deadlines import Deadline, Deadlines

SOON = 0.01
"""Seconds: what waits for ever is ended after so long."""

FAR = 1000.0


async def _for_ever(deadlines: Deadlines) -> None:
    with Deadline(deadlines):
        await asyncio.Event().wait()


async def test_what_takes_too_long_ends_by_a_timeout() -> None:
    deadlines = Deadlines(SOON)
    for _ in range(2):  # the second time a timer must be set anew
        with pytest.raises(TimeoutError):
            await _for_ever(deadlines)
    current = asyncio.current_task()
    assert current is not None
    assert current.cancelling() == 0


async def test_one_that_began_later_is_ended_later() -> None:
    deadlines = Deadlines(20 * SOON)
    first = asyncio.ensure_future(_for_ever(deadlines))
    later = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(10 * SOON, later.set_result, None)
    await later

    second = asyncio.ensure_future(_for_ever(deadlines))

    for each in (first, second):
        with pytest.raises(TimeoutError):
            await each


async def test_what_ends_in_time_is_let_be() -> None:
    deadlines = Deadlines(SOON)
    with Deadline(deadlines):
        pass
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(3 * SOON, over.set)
    await over.wait()


async def test_a_task_that_others_cancel_is_cancelled() -> None:
    task = asyncio.ensure_future(_for_ever(Deadlines(FAR)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_that_others_cancel_when_it_is_due_is_cancelled() -> None:
    due = asyncio.Event()

    class Observed(Deadline):
        def pass_by(self) -> None:
            task.cancel()
            super().pass_by()
            due.set()

    async def for_ever() -> None:
        with Observed(Deadlines(SOON)):
            await asyncio.Event().wait()

    task = asyncio.ensure_future(for_ever())
    await due.wait()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_another_fault_is_told_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), Deadline(Deadlines(FAR)):
        _ = 1 / 0
