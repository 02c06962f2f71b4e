"""Several processes behind one port: forked from one that has imported the server."""

import os
import re
import signal
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.e2e.clients import begun, signed_up
from tests.e2e.servers import ServerProcess, running
from tests.embedded.witness import eventually
from xogql.settings import Settings, cores

PROCESSES = 3


def workers(server: ServerProcess) -> list[int]:
    """All that have served, by what they log."""
    return [int(pid) for pid in re.findall(r"Started server process \[(\d+)\]", read(server.log))]


def read(log: Path) -> str:
    return log.read_text(errors="replace")


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def several(database_url: str, folder: Path) -> AbstractAsyncContextManager[ServerProcess]:
    return running(database_url, folder, workers=str(PROCESSES), log_level="info")


async def test_a_game_is_played_whoever_of_them_is_asked(database_url: str, tmp_path: Path) -> None:
    async with several(database_url, tmp_path) as server:
        ann, bob = await signed_up(server, "ann"), await signed_up(server, "bob")
        matches = [await begun(ann, bob) for _ in range(10)]

        assert len(set(workers(server))) == PROCESSES
        assert len({each.id for each in matches}) == 10
        assert await server.stop() == 0
        assert not any(map(lives, workers(server)))
        assert "Traceback" not in read(server.log)


async def test_one_that_is_killed_is_replaced(database_url: str, tmp_path: Path) -> None:
    async with several(database_url, tmp_path) as server:
        os.kill(workers(server)[0], signal.SIGKILL)

        assert eventually(lambda: len(workers(server)) == PROCESSES + 1)
        assert (await server.http.get("/readyz")).status_code == 200


async def test_none_outlives_the_server_that_is_killed(database_url: str, tmp_path: Path) -> None:
    async with several(database_url, tmp_path) as server:
        await server.kill()

        assert eventually(lambda: not any(map(lives, workers(server))))


def test_there_is_one_a_core_unless_the_settings_say_so() -> None:
    assert Settings().processes == cores()
    assert Settings(workers=PROCESSES).processes == PROCESSES


def test_many_processes_share_the_connections_that_postgres_comes_with() -> None:
    pools = {size: Settings(workers=size) for size in (1, 2, 7, 8, 16, 30)}

    assert {size: each.pool for size, each in pools.items()} == {
        1: 10,
        2: 10,
        7: 10,
        8: 9,
        16: 3,
        30: 1,
    }
    assert max(each.connections for each in pools.values()) <= 90
    assert Settings(workers=16, pool_size=10).pool == 10
