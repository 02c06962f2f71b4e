"""The house's move is made, and made once, whatever dies while it thinks."""

import os
import signal
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from tests.e2e.clients import Answer, Player, Seat, signed_up
from tests.e2e.servers import ServerProcess, running
from tests.house.opponents import first, played, sat_down


@pytest.fixture
async def server(database_url: str, tmp_path: Path) -> AsyncGenerator[ServerProcess]:
    async with running(database_url, tmp_path / "server") as server:
        yield server


@pytest.fixture
async def other(database_url: str, tmp_path: Path) -> AsyncGenerator[ServerProcess]:
    """Another process on the same database."""
    async with running(database_url, tmp_path / "other") as server:
        yield server


@pytest.fixture
async def seat(server: ServerProcess) -> Seat:
    """Ann's seat: she has X, both have moved once, and it is her turn."""
    ann: Player = await signed_up(server, "ann")
    seat = await sat_down(ann, mark="X", level="HARD", preset="FOUR_IN_A_ROW")
    await seat.move(0, 0)
    await answered(seat, 3)
    return seat


def thinkers_of(server: ServerProcess) -> list[int]:
    """The processes that think for a server."""
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(each) for each in children if "xogql.play" in Path(f"/proc/{each}/cmdline").read_text()
    ]


def hold(server: ServerProcess) -> int:
    """Stop the process that thinks for a server in its tracks."""
    [pid] = thinkers_of(server)
    os.kill(pid, signal.SIGSTOP)
    return pid


async def answered(seat: Seat, version: int) -> Answer:
    """Wait for the house's move."""
    async with seat.following(seat.game_id, after=version) as news:
        return await anext(news)


def alternate(events: Sequence[Answer]) -> bool:
    marks = [each["mark"] for each in events if each["__typename"] == "MoveMade"]
    return marks == ["XO"[turn % 2] for turn in range(len(marks))]


async def test_a_server_is_killed_in_mid_thought_and_the_next_one_moves(
    server: ServerProcess, seat: Seat, database_url: str, tmp_path: Path
) -> None:
    thinker = hold(server)
    await seat.move(0, 1)
    await server.kill()
    os.kill(thinker, signal.SIGKILL)

    async with running(database_url, tmp_path / "next") as following:
        seat = seat.on(following)
        answer = await answered(seat, 5)
        events = await played(seat, first)

    assert (answer["__typename"], answer["mark"], answer["version"]) == ("MoveMade", "O", 6)
    assert events[5] == answer
    assert [each["version"] for each in events] == list(range(1, len(events) + 1))
    assert alternate(events)


async def test_another_process_takes_up_what_one_does_not_come_to(
    server: ServerProcess, other: ServerProcess, seat: Seat
) -> None:
    thinker = hold(server)
    await seat.move(0, 1)

    answer = await answered(seat.on(other), 5)
    os.kill(thinker, signal.SIGCONT)
    events = await played(seat, first)

    assert (answer["mark"], answer["version"]) == ("O", 6)
    assert events[5] == answer
    assert alternate(events)


async def test_a_process_that_is_killed_while_it_thinks_is_replaced(
    server: ServerProcess, seat: Seat
) -> None:
    thinker = hold(server)
    await seat.move(0, 1)
    os.kill(thinker, signal.SIGKILL)

    answer = await answered(seat, 5)

    assert (answer["mark"], answer["version"]) == ("O", 6)
    assert thinkers_of(server) != [thinker]
    assert "a thought of the level HARD was lost" in server.log.read_text()
    assert alternate(await played(seat, first))


async def test_a_server_that_stops_leaves_no_process_behind(
    server: ServerProcess, seat: Seat
) -> None:
    [thinker] = thinkers_of(server)
    await seat.move(0, 1)

    assert await server.stop() == 0

    with pytest.raises(ProcessLookupError):
        os.kill(thinker, 0)
    assert "Traceback" not in server.log.read_text()
