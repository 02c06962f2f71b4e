"""Deadlines that cost little: one timer for all of them, where most work ends long before it."""

import asyncio
from time import monotonic
from types import TracebackType


class Deadlines:
    """Ends what takes too long. *timeout*: how long that is, in seconds.

    All are alike, so the one that began first is due first, and one timer looks after it.
    """

    __slots__ = ("_timer", "loop", "open", "timeout")

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        self.open: dict[Deadline, None] = {}
        self.loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    def watch(self, seconds: float) -> None:
        """Look after those that are open, in so many seconds or before."""
        if self._timer is None:
            self._timer = self.loop.call_later(seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        for deadline in list(self.open):
            left = deadline.due - monotonic()
            if left > 0:
                self.watch(left)
                return
            deadline.pass_by()


class Deadline:
    """The present task's, for a block, as asyncio.timeout is: it ends by TimeoutError."""

    __slots__ = ("_all", "_cancelling", "_is_past", "_task", "due")

    def __init__(self, deadlines: Deadlines) -> None:
        task = asyncio.current_task(deadlines.loop)
        if task is None:
            message = "A deadline is a task's."
            raise RuntimeError(message)
        self.due = monotonic() + deadlines.timeout
        self._all = deadlines
        self._is_past = False
        self._task = task
        self._cancelling = task.cancelling()

    def __enter__(self) -> None:
        self._all.open[self] = None
        self._all.watch(self._all.timeout)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        if not self._is_past:
            del self._all.open[self]
        else:
            asked = self._task.uncancel()
            if asked <= self._cancelling and kind is asyncio.CancelledError:
                raise TimeoutError from error

    def pass_by(self) -> None:
        """Cancel the task: it is due."""
        self._is_past = True
        del self._all.open[self]
        self._task.cancel()
