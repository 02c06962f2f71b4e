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
MOST_LINES = 40
EXAMPLES = ROOT / "examples"
SCRIPTS = {"python": "bot.py", "ts": "bot.ts"}
PROGRAMS: Mapping[str, str | Path] = {"python": sys.executable, "ts": NODE}
ITS_GAME = "\n\naccount ="
"""Where, in Python, everything is defined and nothing has been asked for."""


@pytest.fixture(params=SCRIPTS)
def language(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def installed_bots(pytestconfig: pytest.Config, tmp_path: Path) -> Path:
    """Where the bots are, and what that of TypeScript imports."""
    clients = installed(NODE_FOLDER, pytestconfig.cache)
    (tmp_path / "node_modules").symlink_to(clients / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for script in SCRIPTS.values():
        shutil.copy(EXAMPLES / script, tmp_path)
    return tmp_path


@pytest.fixture
async def server(database_url: str, tmp_path: Path) -> AsyncGenerator[Server]:
    async with running(database_url, tmp_path) as server:
        yield server


@asynccontextmanager
async def run(bots: Path, language: str, url: str, **wished: str) -> AsyncGenerator[Process]:
    bot = bots / SCRIPTS[language]
    process = await asyncio.create_subprocess_exec(
        PROGRAMS[language], bot, url, json.dumps(wished), stdout=PIPE
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


async def listed(player: Player) -> str:
    """Wait for a bot that opens a game, and tell which."""
    async with player.in_the_lobby() as news, asyncio.timeout(PATIENCE):
        async for change in news:
            if change["listed"]:
                game_id: str = change["listed"][0]["id"]
                return game_id
    raise AssertionError


async def joined(player: Player) -> Seat:
    """Join the game that a bot opens."""
    game_id = await listed(player)
    await player.wish("joinGame", gameId=game_id)
    return await player.seated(game_id)


def reconnecting() -> str:
    """What the page adds to the bot in Python, so that it connects again."""
    _, addition = fenced(page("docs/bots.md"), "python")
    return addition


def test_the_page_shows_the_bot_as_it_is(language: str) -> None:
    bot = (EXAMPLES / SCRIPTS[language]).read_text()

    assert bot in fenced(page("docs/bots.md"), language)


def test_a_bot_is_taken_in_at_a_glance(language: str) -> None:
    lines = (EXAMPLES / SCRIPTS[language]).read_text().splitlines()

    assert sum(bool(line.strip()) for line in lines) <= MOST_LINES
    assert max(map(len, lines)) <= 110


async def test_the_bot_in_typescript_is_typed(installed_bots: Path) -> None:
    modules = (installed_bots / "node_modules").resolve()
    project = {"extends": str(modules.parent / "tsconfig.json"), "include": ["bot.ts"]}
    (installed_bots / "tsconfig.json").write_text(json.dumps(project))
    compiler = modules / "typescript" / "bin" / "tsc"

    process = await asyncio.create_subprocess_exec(
        NODE, compiler, "--project", installed_bots, stdout=PIPE
    )
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()

    assert (process.returncode, said.decode()) == (0, "")


async def test_a_bot_plays_the_house(language: str, installed_bots: Path, server: Server) -> None:
    wish = {"opponent": "HOUSE", "level": "PERFECT"}
    async with run(installed_bots, language, server.url, **wish) as process:
        said = await told(process)

    ann = await signed_up(server, "ann")
    game = await ann.game(said["game"])
    assert game["status"] == "FINISHED"
    assert game["winner"] == said["winner"] != said["mark"]


async def test_two_bots_of_two_languages_play_each_other(
    language: str, installed_bots: Path, server: Server
) -> None:
    other = next(each for each in SCRIPTS if each != language)
    ann = await signed_up(server, "ann")

    async with run(installed_bots, language, server.url) as one:
        game_id = await listed(ann)
        async with run(installed_bots, other, server.url, gameId=game_id) as another:
            said = await told(one), await told(another)

    assert {each["mark"] for each in said} == {"X", "O"}
    assert said[0]["winner"] == said[1]["winner"]


async def test_a_bot_plays_on_after_the_server_was_killed(
    language: str, installed_bots: Path, database_url: str, tmp_path: Path
) -> None:
    bot = installed_bots / SCRIPTS["python"]
    bot.write_text(bot.read_text().replace(ITS_GAME, f"\n\n{reconnecting()}{ITS_GAME[1:]}"))
    async with serving(database_url, tmp_path) as host:
        ann = await signed_up(host.server, "ann")
        async with run(installed_bots, language, host.server.url) as process:
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
