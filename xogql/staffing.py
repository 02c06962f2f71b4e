"""The house at work: its players are there, think, and what was left undone is found."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from xogql.live.jobs import jittered, running, supervise
from xogql.play.botplayer import BotPlayer
from xogql.play.calls import Calls
from xogql.play.house import House
from xogql.play.reviews import Reviews
from xogql.play.sweep import Sweep

PAUSE = 2.0
"""Seconds between two pages of the sweep, at most."""

REST = timedelta(seconds=2)
"""How long a game waits for who was called before the sweep calls somebody else."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where it is left what the house shall do."""

    calls: Calls
    reviews: Reviews


@asynccontextmanager
async def staffed(
    house: House, player: BotPlayer, sweep: Sweep[Any], reviews: Reviews, *, processes: int
) -> AsyncGenerator[None]:
    """Have the house play and review while the block runs.

    It thinks in so many *processes*, and in one more about games that are over, so that nobody who
    plays waits for those.
    """
    async with running(
        partial(supervise, "house", partial(_attend, house, sweep)),
        partial(supervise, "reviews", reviews.review),
        *[partial(supervise, "house player", player.play) for _ in range(processes)],
    ):
        yield


async def _attend(house: House, sweep: Sweep[Any]) -> None:
    """Look everywhere for what a crash has left undone; then go on looking, page by page."""
    await house.open()
    while not await sweep.page():
        pass
    while True:
        await asyncio.sleep(jittered(PAUSE))
        await sweep.page()
