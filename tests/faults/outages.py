"""A Postgres that is gone for a while, or takes nothing."""

import asyncio
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT, Signals

import asyncpg

from tests.faults.fault import Act, NotRunError
from tests.faults.scene import Scene
from tests.faults.stage import Stage, stage_in
from tests.faults.waiting import until

UNAVAILABLE = "UNAVAILABLE"
READ_ONLY = "default_transaction_read_only"
DISK = "192m"
NO_DISK = "only root can mount a small disk"

_CUT_ALL = """
select pg_terminate_backend(pid) from pg_stat_activity
where pid <> pg_backend_pid() and backend_type = 'client backend'
"""


def _gone(how: Signals) -> Act:
    async def gone(scene: Scene) -> None:
        """End Postgres while games are played; the servers say so, and recover by themselves."""
        pids = [each.pid for each in scene.stage.places]
        async with scene.playing(), asyncio.TaskGroup() as newcomers:
            for _ in scene.rounds(4):
                await scene.progress(scene.dice.randrange(5, 60))
                await scene.database.end(how)
                newcomers.create_task(scene.player().persistent("createGame", mark="X"))
                for place in scene.stage.places:
                    await until(place.is_unready)
                ready = (until(each.is_ready) for each in scene.stage.places)
                await asyncio.gather(_back(scene), *ready)
        alive = all(each.is_alive for each in scene.stage.places)
        same = pids == [each.pid for each in scene.stage.places]
        scene.hold(alive and same, "no server is restarted")

    return gone


async def _back(scene: Scene) -> None:
    await scene.database.start()
    await scene.recovered()


restarted_fast, restarted_at_once, killed = map(_gone, (SIGINT, SIGQUIT, SIGKILL))


async def read_only(scene: Scene) -> None:
    """Let the database refuse all writes, as after a failover, the second time to cut sessions."""
    async with scene.playing():
        for number in scene.rounds(4):
            await scene.progress(scene.dice.randrange(5, 40))
            await scene.database.configure(READ_ONLY, "on")
            try:
                if number % 2:
                    await scene.database.execute(_CUT_ALL)
                await scene.refused(UNAVAILABLE, 2)
                await scene.looks_on()
            finally:
                await scene.database.reset(READ_ONLY)
            await scene.recovered()


async def disk_full(scene: Scene) -> None:
    """Fill the disk until the log takes nothing more; then make room again."""
    disk = scene.stage.folder
    async with scene.playing():
        for _ in scene.rounds(3):
            await scene.progress(scene.dice.randrange(5, 40))
            ballast = await _fill(scene, disk)
            await scene.refused(UNAVAILABLE, 2)
            await scene.looks_on()
            ballast.unlink()
            await scene.database.execute("drop table filling")
            await scene.recovered()


async def _fill(scene: Scene, disk: Path) -> Path:
    """Leave no byte free, nor room in the pages there are."""
    await scene.database.execute("create table filling (data text)")
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(65536)) == 65536:
                pass
        except OSError:
            pass
    try:
        while True:
            await scene.database.execute(
                "insert into filling select repeat('x', 8000) from generate_series(1, 100)"
            )
    except asyncpg.DiskFullError:
        return ballast


@asynccontextmanager
async def small_disk(stage: Stage) -> AsyncGenerator[Stage]:
    """Have all of Postgres on a disk of its own, which is soon full."""
    disk = stage.folder / "disk"
    disk.mkdir()
    if await _ran("mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "tmpfs", str(disk)):
        raise NotRunError(NO_DISK)
    try:
        async with stage_in(disk, stage.bindir, ["here"]) as small:
            yield small
    finally:
        await _ran("umount", "--lazy", str(disk))
        disk.rmdir()


async def _ran(*command: str) -> int:
    """Run a program to its end; tell its exit status."""
    program = await asyncio.create_subprocess_exec(*command, stderr=DEVNULL)
    return await program.wait()
