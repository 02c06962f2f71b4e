"""The bots that docs/bots.md shows play whole games, as it shows them."""

import asyncio
import json
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, fenced, page
from tests.clients.host import Host, serving
from tests.clients.library import NODE_FOLDER
from tests.e2e.clients import Answer, Player, Seat, signed_up
from tests.e2e.servers import Server, running
from tests.house.opponents import first, free
from tests.node import NODE, installed

PATIENCE = 60.0
BOTS: Mapping[str, tuple[str | Path, str]] = {
    "python": (sys.executable, "bot.py"),
    "ts": (NODE, "bot.ts"),
}
EXAMPLES = ROOT / "examples"


@pytest.fixture(params=BOTS)
def bot(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
async def server(database_url: str, tmp_path: Path) -> AsyncGenerator[Server]:
    async with running(database_url, tmp_path) as server:
        yield server


@asynccontextmanager
async def run(bot: str, url: str, **wished: str) -> AsyncGenerator[Process]:
    program, script = BOTS[bot]
    process = await asyncio.create_subprocess_exec(
        program, EXAMPLES / script, url, json.dumps(wished), stdout=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def told(process: Process) -> Answer:
    """Wait for the end of a bot, and give what it says of the game."""
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()
    assert process.returncode == 0
    answer: Answer = json.loads(said)
    return answer


async def joined(player: Player) -> Seat:
    """Wait for a bot that opens a game, and join it."""
    async with player.in_the_lobby() as news, asyncio.timeout(PATIENCE):
        async for change in news:
            if change["listed"]:
                game_id = change["listed"][0]["id"]
                await player.wish("joinGame", gameId=game_id)
                return await player.seated(game_id)
    raise AssertionError


@pytest.mark.parametrize("script", ["bot.py", "bot.ts"])
def test_the_page_shows_the_bot_as_it_is(script: str) -> None:
    language = {"bot.py": "python", "bot.ts": "ts"}[script]

    assert (EXAMPLES / script).read_text() in fenced(page("docs/bots.md"), language)


async def test_the_bot_in_typescript_is_typed(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    clients = installed(NODE_FOLDER, pytestconfig.cache)
    (tmp_path / "node_modules").symlink_to(clients / "node_modules")
    shutil.copy(EXAMPLES / "bot.ts", tmp_path)
    project = {"extends": str(clients / "tsconfig.json"), "include": ["bot.ts"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(project))
    (tmp_path / "package.json").write_text('{"type": "module"}')
    compiler = clients / "node_modules" / "typescript" / "bin" / "tsc"

    process = await asyncio.create_subprocess_exec(
        NODE, compiler, "--project", tmp_path, stdout=PIPE
    )
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()

    assert (process.returncode, said.decode()) == (0, "")


async def test_a_bot_plays_the_house(bot: str, server: Server) -> None:
    async with run(bot, server.url, opponent="HOUSE", level="PERFECT") as process:
        said = await told(process)

    ann = await signed_up(server, "ann")
    game = await ann.game(said["game"])
    assert game["status"] == "FINISHED"
    assert game["winner"] == said["winner"] != said["mark"]


async def test_two_bots_of_two_languages_play_each_other(bot: str, server: Server) -> None:
    other = next(each for each in BOTS if each != bot)
    ann = await signed_up(server, "ann")

    async with run(bot, server.url) as one:
        async with ann.in_the_lobby() as news:
            change = await anext(news)
            while not change["listed"]:
                change = await anext(news)
        async with run(other, server.url, gameId=change["listed"][0]["id"]) as another:
            said = await told(one), await told(another)

    assert {each["mark"] for each in said} == {"X", "O"}
    assert said[0]["winner"] == said[1]["winner"]


async def test_a_bot_plays_on_after_the_server_was_killed(
    bot: str, database_url: str, tmp_path: Path
) -> None:
    async with serving(database_url, tmp_path) as host:
        ann = await signed_up(host.server, "ann")
        async with run(bot, host.server.url) as process:
            seat = await joined(ann)
            await play(host, seat)
            said = await told(process)

        game = await seat.on(host.server).game(seat.game_id)
    assert game["status"] == "FINISHED"
    assert game["winner"] == said["winner"]


async def play(host: Host, seat: Seat) -> None:
    """Play to the end; the server is killed before each of one's moves, and started again."""
    mark = None
    while True:
        own = seat.on(host.server)
        async with own.following(seat.game_id) as news:
            game = (await anext(news))["game"]
            mark = mark or next(
                each["mark"] for each in game["players"] if each["player"]["id"] == seat.id
            )
            while game["status"] == "PLAYING" and (game["turn"] != mark or not free(game)):
                game = (await anext(news))["game"]
        if game["status"] != "PLAYING":
            return
        await host.kill()
        await host.start()
        await seat.on(host.server).move(*first(game), expectedVersion=game["version"])
