"""`xogql demo`: two players, each its own client, play a whole game and every message is printed.

To learn the protocol read `documents` (what is asked), `http_client` and `socket_client` (how it
travels), `participant` (what a player does) and `story` (in which order).
"""

import asyncio
import signal
import sys
from io import TextIOWrapper
from pathlib import Path

from xogql.demo.host import hosted
from xogql.demo.story import telling
from xogql.demo.transcript import Transcript


def demonstrate(url: str | None, data_dir: Path | None) -> None:
    """Play at *url*, or where the settings say, or on a server of our own over *data_dir*.

    Raises:
        ObstacleError: if there is no server, or one that answers what it should not.
    """
    if sys.platform != "win32":
        # A server of our own has to be stopped, also when the terminal is closed.
        signal.signal(signal.SIGHUP, lambda *_: sys.exit(0))
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    asyncio.run(play(url, data_dir))


async def play(url: str | None, data_dir: Path | None) -> None:
    """Do the same as a part of a program that has its own ways with signals and output."""
    transcript = Transcript()
    async with hosted(url, data_dir, transcript) as address, telling(address, transcript) as story:
        await story.tell()
