"""The house at work: its players are there, think, and what was left undone is found."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from xogql.live.jobs import jittered, running, supervise
from xogql.play.botplayer import BotPlayer
from xogql.play.house import House
from xogql.play.sweep import Sweep

PAUSE = 3.0
"""Seconds between two pages of the sweep, at most."""

REST = timedelta(seconds=3)
"""How long a game waits for who was called before the sweep calls somebody else."""


@asynccontextmanager
async def staffed(
    house: House, player: BotPlayer, sweep: Sweep[Any], *, processes: int
) -> AsyncGenerator[None]:
    """Have the house play while the block runs, in so many *processes* that think."""
    async with running(
        partial(supervise, "house", partial(_attend, house, sweep)),
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
