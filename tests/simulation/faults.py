"""What befalls a world, at moments that the dice choose."""

from collections.abc import Callable, Coroutine, Iterator
from random import Random
from typing import Any

from tests.simulation.carrier import Carrier
from tests.simulation.fleet import Fleet
from tests.simulation.log import SharedLog
from xogql.live.hints import EVERYTHING, words
from xogql.live.wakeups import NEWEST

SEASON = 3
"""How many calms there are with faults between them."""

LONGEST_OUTAGE = 3.0
LONGEST_DOWNTIME = 1.0

_GARBAGE = ("", " ", "=", "\x00", "game-0=-1", "game-0=1e9", "game-0=0", "a" * 200, EVERYTHING[0])


Fault = Callable[[Random], Coroutine[Any, Any, None]]


class Faults:
    """Those that the weather brings."""

    def __init__(self, log: SharedLog, carrier: Carrier, fleet: Fleet) -> None:
        self._log = log
        self._carrier = carrier
        self._fleet = fleet

    def coming(self) -> Iterator[Coroutine[Any, Any, None]]:
        """Give each of them, to be run at once: it waits for its moment."""
        weather = self._log.weather
        kinds: dict[Fault, int] = {
            self._forge: weather.forgeries,
            self._cut: weather.cuts,
            self._crash: weather.crashes,
            self._outage: weather.outages,
        }
        for kind, times in kinds.items():
            for _ in range(times):
                yield self._later(kind)

    async def _forge(self, dice: Random) -> None:
        """Say what nobody has said."""
        version = dice.choice((1, dice.randint(1, 20), NEWEST))
        [true] = words([(dice.choice(("game-0", "game-1", "game-404", "lobby")), version)])
        payload = " ".join((dice.choice(_GARBAGE), true, dice.choice(_GARBAGE)))
        self._carrier.trace.note("forged", payload)
        self._carrier.notify(payload)

    async def _cut(self, _: Random) -> None:
        self._carrier.trouble()

    async def _crash(self, dice: Random) -> None:
        await self._fleet.replace(dice.uniform(0, LONGEST_DOWNTIME))

    async def _outage(self, dice: Random) -> None:
        await self._log.outage(dice.uniform(0, LONGEST_OUTAGE))

    async def _later(self, fault: Fault) -> None:
        for _ in range(self._log.dice.randint(0, SEASON)):
            await self._log.moment()
        await fault(self._log.dice)
