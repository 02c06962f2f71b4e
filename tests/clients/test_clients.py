"""Each library's clients go on where they were, and end up with what the server has."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest

from tests.clients.host import Host, serving
from tests.clients.library import DOCUMENTS, WITH_A_CACHE, Library
from tests.clients.match import ANN, BOB, PLAYERS, Match, brought, sat_down
from tests.clients.program import Answer, only, running
from tests.e2e.clients import signed_up

T = TypeVar("T")
Matches = dict[str, Match]
Libraries = list[Library]

GAME = (DOCUMENTS / "game.graphql").read_text()

pytestmark = pytest.mark.timeout(300)


@asynccontextmanager
async def playing(libraries: Iterable[Library], host: Host) -> AsyncGenerator[Matches]:
    """Let two players of each library sit down to a game."""
    async with AsyncExitStack() as programs:
        begun = {
            each.name: await programs.enter_async_context(running(each, host.server.url))
            for each in libraries
        }
        yield dict(zip(begun, await asyncio.gather(*map(sat_down, begun.values())), strict=True))


async def everywhere(matches: Matches, do: Callable[[Match], Awaitable[T]]) -> dict[str, T]:
    """Do the same in all matches at once, and give what came of it by the library's name."""
    return dict(zip(matches, await asyncio.gather(*map(do, matches.values())), strict=True))


async def to_the_end(match: Match) -> None:
    """Go on from X in (0, 0) and O in (1, 0), which are versions 3 and 4, until X has won."""
    await match.move(ANN, 0, 1)
    await match.move(BOB, 1, 1)
    await match.move(ANN, 0, 2)
    await match.over()


async def served(host: Host, matches: Matches) -> dict[str, list[Answer]]:
    """Ask the server for the games, twice each: once for each player."""
    eve = await signed_up(host.server, "eve")
    return {
        name: [only(await eve.ask(GAME, id=match.game_id))] * len(PLAYERS)
        for name, match in matches.items()
    }


async def test_they_go_on_when_the_server_was_killed(
    libraries: Libraries, database_url: str, tmp_path: Path
) -> None:
    async with serving(database_url, tmp_path) as host, playing(libraries, host) as matches:
        await everywhere(matches, lambda match: match.move(ANN, 0, 0))
        await everywhere(matches, lambda match: match.seen(3))

        await host.kill()
        moves = [match.begin(BOB, 1, 0) for match in matches.values()]
        await host.start()
        await asyncio.gather(*moves)
        await everywhere(matches, to_the_end)

        shown = {name: match.versions for name, match in matches.items()}
        assert shown == dict.fromkeys(matches, [[*range(1, 9)]] * 2)
        assert await everywhere(matches, Match.kept) == await served(host, matches)


async def test_they_send_again_what_was_done_and_not_answered(
    libraries: Libraries, database_url: str, tmp_path: Path
) -> None:
    async with serving(database_url, tmp_path) as host, playing(libraries, host) as matches:
        commands = [partial(match.begin, ANN, 0, 0) for match in matches.values()]
        for some in (commands[:3], commands[3:]):
            moves = await host.kill_before_it_answers(some)
            await host.start()
            assert [(await brought(move))["version"] for move in moves] == [3] * len(moves)

        await everywhere(matches, lambda match: match.move(BOB, 1, 0))
        await everywhere(matches, lambda match: match.seen(4))
        shown = {name: match.versions for name, match in matches.items()}
        assert shown == dict.fromkeys(matches, [[1, 2, 3, 4]] * 2)


async def test_they_renew_tokens_that_expire_while_they_follow(
    libraries: Libraries, database_url: str, tmp_path: Path
) -> None:
    short = {"access_lifetime": "PT3S", "intra_lifetime": "PT4S"}
    async with (
        serving(database_url, tmp_path, **short) as host,
        playing(libraries, host) as matches,
    ):
        await everywhere(matches, lambda match: match.renewed())

        await everywhere(matches, lambda match: match.move(ANN, 0, 0))
        await everywhere(matches, lambda match: match.move(BOB, 1, 0))
        await everywhere(matches, to_the_end)
        shown = {name: match.versions for name, match in matches.items()}
        assert shown == dict.fromkeys(matches, [[*range(1, 9)]] * 2)


async def test_older_answers_never_take_a_cache_back(
    libraries: Libraries, database_url: str, tmp_path: Path
) -> None:
    with_a_cache = [each for each in libraries if each.name in WITH_A_CACHE]
    async with serving(database_url, tmp_path) as host, playing(with_a_cache, host) as matches:
        command_id = str(uuid4())
        await everywhere(matches, lambda match: match.move(ANN, 0, 0, commandId=command_id))
        await everywhere(matches, lambda match: match.move(BOB, 1, 0))
        await everywhere(matches, lambda match: match.seen(4))

        again = await everywhere(matches, lambda match: match.move(ANN, 0, 0, commandId=command_id))
        histories = await everywhere(matches, Match.history)

        assert {each["version"] for each in again.values()} == {3}
        for history in histories.values():
            assert history["at"]["status"] == "WAITING"
            assert [each["game"]["version"] for each in nodes(history)] == [1, 2, 3, 4]
        assert await everywhere(matches, Match.kept) == await served(host, matches)


def nodes(history: Answer) -> list[Answer]:
    return [edge["node"] for edge in history["events"]["edges"]]
