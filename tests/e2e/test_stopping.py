"""A server that is asked to stop tells its clients to come back, and leaves nothing behind."""

from pathlib import Path

from tests.e2e.clients import Match, signed_up
from tests.e2e.servers import Server, running

SERVICE_RESTART = 1012
FOLLOW = "subscription ($gameId: ID!) { gameEvents(gameId: $gameId) { version } }"


async def test_stopping_closes_the_sockets_and_ends_well(
    match: Match, shared_database_url: str, tmp_path: Path
) -> None:
    async with running(shared_database_url, tmp_path) as server:
        ann = await signed_up(server, "ann")
        async with ann.socket() as idle, match.x.on(server).socket() as busy:
            await anext(await busy.begin(FOLLOW, gameId=match.id))
            assert await server.stop() == 0
            assert [(await each.closed())[0] for each in (idle, busy)] == [SERVICE_RESTART] * 2

        assert server.log.read_text() == ""


async def test_it_tells_whether_it_lives_and_serves(here: Server) -> None:
    assert (await here.http.get("/healthz")).status_code == 200
    ready = await here.http.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
