"""All checks of graphql-transport-ws, and how they are run against a server."""

import asyncio
from collections.abc import Iterable, Mapping

from tests.wire.check import Check, NotApplicableError
from tests.wire.connections import Connector, Outcome
from tests.wire.dialects import Dialect
from tests.wire.handshakes import HANDSHAKES
from tests.wire.ids import IDS
from tests.wire.introductions import INTRODUCTIONS
from tests.wire.malformed import MALFORMED
from tests.wire.operations import OPERATIONS
from tests.wire.pings import PINGS

CHECKS = (*HANDSHAKES, *INTRODUCTIONS, *MALFORMED, *PINGS, *OPERATIONS, *IDS)

AT_ONCE = 8
LONGEST = 30.0
"""No check takes so long, in seconds; only what hangs meets it."""


async def observe(
    connector: Connector, dialect: Dialect, checks: Iterable[Check] = CHECKS
) -> Mapping[Check, Outcome]:
    """Run checks against a server, several at once, but those that are not for it."""
    places = asyncio.Semaphore(AT_ONCE)

    async def observed(check: Check) -> Outcome | None:
        async with places, asyncio.timeout(LONGEST):
            try:
                return await check.act(connector, dialect)
            except NotApplicableError:
                return None

    async with asyncio.TaskGroup() as group:
        tasks = {check: group.create_task(observed(check)) for check in checks}
    outcomes = {check: task.result() for check, task in tasks.items()}
    return {check: outcome for check, outcome in outcomes.items() if outcome is not None}
