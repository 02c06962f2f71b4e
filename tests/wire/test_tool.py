"""The checks are a tool, too."""

import asyncio
import sys
from asyncio.subprocess import PIPE

from tests.e2e.servers import PATIENCE, Server


async def test_the_tool_prints_what_was_observed(server: Server) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.wire", server.socket_url),
        *("--dialect", "xogql", "--only", "gets a pong without"),
        stdout=PIPE,
    )
    async with asyncio.timeout(PATIENCE):
        printed, _ = await process.communicate()

    assert printed.decode().splitlines() == [
        "as expected a ping with no payload gets a pong without",
        "            pong · open",
        "as expected a ping with null as payload gets a pong without",
        "            pong · open",
        "2 checks: 2 as expected, 0 otherwise; 0 more cannot be made here.",
    ]
