"""What all faults share: a Postgres, two server processes on it, and players who have signed up."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from tests.e2e.clients import as_guest, signed_up
from tests.e2e.servers import SHORT_LIVED
from tests.faults.database import Database
from tests.faults.place import Place, start_all
from tests.faults.player import Account
from tests.faults.relay import Relay, relay_to

PLAYERS = 6


SERVERS = ("here", "there")


@dataclass(frozen=True)
class Stage:
    """*places*: the servers; their listeners reach Postgres over the *wire*."""

    folder: Path
    bindir: Path | None
    database: Database
    wire: Relay
    places: Sequence[Place]
    accounts: Sequence[Account]
    http: httpx.AsyncClient

    def place(self, name: str, environment: dict[str, str] | None = None, **settings: str) -> Place:
        """Make one more server, not started yet, with settings of its own."""
        given = {"database_url": self.database.url, **settings}
        return Place(given.pop("database_url"), self.folder / name, given, environment)

    @asynccontextmanager
    async def served_by(self, *places: Place) -> AsyncGenerator["Stage"]:
        """Have other servers for the block; those that do not run yet are started."""
        try:
            await start_all(*(each for each in places if not each.is_alive))
            yield replace(self, places=places)
        finally:
            for each in places:
                if each not in self.places:
                    await each.close()


@asynccontextmanager
async def stage_in(
    folder: Path, bindir: Path | None = None, servers: Sequence[str] = SERVERS
) -> AsyncGenerator[Stage]:
    """Set everything up; at the end nothing is left running."""
    async with AsyncExitStack() as stack:
        database = Database(folder / "database", bindir)
        stack.push_async_callback(database.close)
        await database.create()
        wire = await stack.enter_async_context(relay_to(database.url))
        places = [Place(database.url, folder / name, {"listen_url": wire.url}) for name in servers]
        for each in places:
            stack.push_async_callback(each.close)
        await start_all(*places)
        http = await stack.enter_async_context(httpx.AsyncClient(verify=False, limits=SHORT_LIVED))
        accounts = await sign_up(places[0], PLAYERS)
        yield Stage(folder, bindir, database, wire, places, accounts, http)


async def sign_up(place: Place, count: int) -> Sequence[Account]:
    """Have players in: some with an account, the others as guests."""
    server = place.server
    assert server is not None
    players = [
        await (as_guest(server) if number % 2 else signed_up(server, "player"))
        for number in range(count)
    ]
    return [Account(each.id, str(each.authorization)) for each in players]
