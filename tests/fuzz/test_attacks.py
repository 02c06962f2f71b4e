"""Whatever is sent, the server answers as it says it does, and goes on."""

import asyncio

import pytest

from tests.e2e.servers import ServerProcess
from tests.fuzz.answers import check_log
from tests.fuzz.attacks import ATTACKS, Goal
from tests.fuzz.footprint import Footprint
from tests.fuzz.preparation import played

EXAMPLES = {"http": 120, "documents": 50, "sockets": 50}


@pytest.mark.parametrize("name", ATTACKS)
async def test_nothing_that_is_sent_breaks_the_server(
    server: ServerProcess, goal: Goal, name: str
) -> None:
    await asyncio.to_thread(ATTACKS[name], goal, EXAMPLES[name])

    await played(server)
    check_log(server.log.read_text())


@pytest.mark.skipif(not Footprint.can_be_taken(), reason="there is no /proc")
async def test_attacks_leave_no_memory_and_no_files_behind(
    server: ServerProcess, goal: Goal
) -> None:
    for name, attack in ATTACKS.items():
        await asyncio.to_thread(attack, goal, EXAMPLES[name] // 3)
    before = Footprint.of(server.process.pid)

    for name, attack in ATTACKS.items():
        await asyncio.to_thread(attack, goal, EXAMPLES[name] // 3)

    await before.reached_again(server.process.pid)
