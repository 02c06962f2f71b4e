"""A row of the matrix: what goes wrong, and how it is made to happen."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from time import monotonic
from traceback import format_exception

from tests.faults.checker import Breach, Kind
from tests.faults.eventlog import end_of
from tests.faults.place import start_all
from tests.faults.scene import Scene
from tests.faults.stage import Stage

Act = Callable[[Scene], Awaitable[None]]

Setting = Callable[[Stage], AbstractAsyncContextManager[Stage]]

UNFORESEEN = ("Traceback", "internal_error")


class NotRunError(Exception):
    """This fault cannot be made here; the message says why."""


@dataclass(frozen=True)
class Fault:
    """*name*: for the command line; *what* goes wrong: for people.

    *setting*: what it needs besides the stage, or in its place.
    """

    name: str
    what: str
    act: Act
    setting: Setting = nullcontext


@dataclass(frozen=True)
class Outcome:
    """What came of a fault; *skipped*: why it was not run."""

    fault: Fault
    runs: int = 0
    acknowledged: int = 0
    breaches: Sequence[Breach] = ()
    worst_recovery: float = 0.0
    seconds: float = 0.0
    skipped: str = ""

    def count(self, kind: Kind) -> int:
        return sum(each.kind is kind for each in self.breaches)


async def run(fault: Fault, stage: Stage, seed: int, *, short: bool) -> Outcome:
    """Make it happen, and compare what was promised with what became of it."""
    began = monotonic()
    try:
        async with fault.setting(stage) as own:
            start = await end_of(own.database)
            scene = Scene(own, f"{seed} {fault.name}", start, short=short)
            return await _outcome(fault, scene, began)
    except NotRunError as reason:
        return Outcome(fault, skipped=str(reason))
    finally:
        await start_all(*(each for each in stage.places if not each.is_alive))


async def _outcome(fault: Fault, scene: Scene, began: float) -> Outcome:
    before = [len(each.said) for each in scene.stage.places]
    try:
        await fault.act(scene)
    except NotRunError:
        raise
    except Exception as failure:  # noqa: BLE001 - whatever stops the players is a breach
        scene.hold(kept=False, promise="".join(format_exception(failure)))
    for place, start in zip(scene.stage.places, before, strict=True):
        said = place.said[start:]
        scene.hold(not any(each in said for each in UNFORESEEN), f"a server logged: {said}")
    return Outcome(
        fault,
        len(scene.history.lifted),
        len(scene.history.acknowledged),
        await scene.verdict(),
        scene.history.worst_recovery(),
        monotonic() - began,
    )
