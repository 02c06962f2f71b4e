"""Followers that stop reading, many at once."""

import sys
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from tests.faults.fault import NotRunError
from tests.faults.place import Place
from tests.faults.scene import Scene
from tests.faults.waiting import until
from tests.wire.deaf import Deaf, deaf

OPERATIONS = 8
NO_PROC = "memory and files are counted in /proc"
ROOM = 256 * 2**10
"""Bytes that a server may keep for each subscription: a message, and what it was made from.

All that one asks for is five times as much.
"""

SLACK = 32 * 2**20
"""Bytes by which a server may grow by itself."""

_LONG = " ".join(f"{'x' * 1500}{number}: id" for number in range(29))
FOLLOW = f"""
subscription ($gameId: ID!) {{ gameEvents(gameId: $gameId, after: 0) {{ game {{ {_LONG} }} }} }}
"""
"""Asks for 45 kB an event: a game's events are more than the kernel takes for a socket."""


async def deaf_followers(scene: Scene) -> None:
    """Have a hundred sockets ask for far more than they read, while games are played."""
    if sys.platform != "linux":
        raise NotRunError(NO_PROC)
    place = scene.stage.places[0]
    followers = 10 if scene.short else 100
    async with scene.playing():
        await scene.progress(40)
        for _ in scene.rounds(2):
            memory, files = _memory(place), _files(place)
            most = 0
            async with AsyncExitStack() as stack:
                for _ in range(followers):
                    follower = await stack.enter_async_context(deaf(_socket_url(place)))
                    await _listen(scene, follower)
                    most = max(most, _memory(place))
                await scene.progress(20)
                scene.lifted()
                await until(partial(_has_let_go, place, files))
                most = max(most, _memory(place))
            allowed = SLACK + followers * OPERATIONS * ROOM
            scene.hold(most - memory < allowed, f"it grew by {(most - memory) >> 20} MiB")


SPARE = 8
"""Files that players may have opened meanwhile."""


async def _listen(scene: Scene, follower: Deaf) -> None:
    """Ask for the same long game again and again, and read nothing of it."""
    await follower.say(
        {"type": "connection_init", "payload": {"authorization": scene.authorization}}
    )
    assert (await follower.hear())["type"] == "connection_ack"
    _, game = max((each.shown.version, each.game) for each in scene.history.sent if each.shown)
    payload = {"query": FOLLOW, "variables": {"gameId": game}}
    await follower.say(
        *({"type": "subscribe", "id": str(each), "payload": payload} for each in range(OPERATIONS))
    )


def _socket_url(place: Place) -> str:
    return f"ws{place.url.removeprefix('http')}/graphql"


def _memory(place: Place) -> int:
    """Give the bytes that a server has in memory."""
    status = Path(f"/proc/{place.pid}/status").read_text()
    [kilobytes] = [each.split()[1] for each in status.splitlines() if each.startswith("VmRSS:")]
    return int(kilobytes) * 1024


def _has_let_go(place: Place, files: int) -> bool:
    return _files(place) <= files + SPARE


def _files(place: Place) -> int:
    return len(list(Path(f"/proc/{place.pid}/fd").iterdir()))
