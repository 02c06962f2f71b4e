"""Passwords, tokens and secrets are said to nobody but their owner, whatever goes wrong."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import asyncpg
import httpx
import pytest
from sqlalchemy import make_url
from websockets import ConnectionClosed, connect

from tests.e2e.clients import PASSWORD, Client, Player, Seat, signed_up
from tests.e2e.documents import WISHES
from tests.e2e.servers import PATIENCE, ServerProcess, running
from tests.e2e.sockets import PROTOCOL, RefusedError, introduced
from tests.live.proxy import Proxy, open_proxy

SECRET, PREVIOUS, OF_DATABASE, WRONG = (token_hex(32) for _ in range(4))
SHORT = token_hex(8)
HASH = "$argon2"
ME = "{ me { id games { edges { cursor } } } }"


@dataclass
class Witness:
    """Hears every answer of a server."""

    server: ServerProcess
    proxy: Proxy
    database_url: str
    heard: list[str] = field(default_factory=list)

    async def hear(self, response: httpx.Response) -> None:
        await response.aread()
        self.heard.append(f"{response.status_code} {response.headers} {response.text}")

    def said(self) -> str:
        return "\n".join([*self.heard, self.server.log.read_text()])

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.database_url)
        await connection.execute(statement)
        await connection.close()


@asynccontextmanager
async def witnessed(database_url: str, folder: Path, **settings: str) -> AsyncGenerator[Witness]:
    async with open_proxy(database_url) as proxy:
        url = make_url(proxy.url).set(password=OF_DATABASE)
        shown = url.render_as_string(hide_password=False)
        more = {"secret": SECRET, "previous_secret": PREVIOUS, "log_level": "DEBUG", **settings}
        async with running(shown, folder, **more) as server:
            yield Witness(server, proxy, database_url)


def parts_of(*players: Player) -> Iterator[str]:
    """The tokens of players, and their signatures."""
    for each in players:
        _, _, value = (each.authorization or "").partition(" ")
        yield value
        yield value.rpartition(".")[2]


async def play(witness: Witness, ann: Player, seat: Seat) -> None:
    """Send tokens and passwords by every way there is, right and wrong."""
    login = {"username": ann.username, "password": WRONG}
    await Client(witness.server).wish("login", **login)
    async with ann.following(seat.game_id) as news:
        await seat.resign(expectedVersion=9)
        await anext(news)
    await _play_by_socket(witness, seat)
    parameters = {"query": "query ($a: String) { me { id } }", "variables": f'{{"a": "{WRONG}"}}'}
    headers = {"authorization": ann.authorization or ""}
    await witness.server.http.get("/graphql", params=parameters, headers=headers)
    for bad in (f"{ann.authorization}x", f"Basic {WRONG}", f"Intra {WRONG}"):
        await Client(witness.server, bad).post(ME)
        with suppress(ConnectionClosed):
            async with introduced(witness.server.socket_url, bad):
                pass


async def _play_by_socket(witness: Witness, seat: Seat) -> None:
    login = {"username": seat.username, "password": WRONG}
    with_header = connect(
        witness.server.socket_url,
        subprotocols=[PROTOCOL],
        additional_headers={"authorization": seat.authorization or ""},
    )
    async with with_header as connection:
        await connection.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await connection.recv()) == {"type": "connection_ack"}
    async with introduced(witness.server.socket_url, None) as socket:
        await socket.send("ping", payload={"a": SHORT})
        assert (await socket.receive())["type"] == "pong"
        extensions = {"authorization": seat.authorization}
        payload = {"query": ME, "extensions": extensions}
        await socket.send("subscribe", id="own", payload=payload)
        await socket.receive_of("own")
        with suppress(RefusedError):
            await socket.ask(WISHES["login"], input=login)


async def fail(witness: Witness, ann: Player) -> None:
    """Have it fail on our side: a table is missing, then the database is gone."""
    again = {"username": ann.username, "password": PASSWORD}
    for table in ("credential", "game", "event"):
        await witness.execute(f"alter table {table} rename to missing")
        for client in (Client(witness.server), ann):
            await client.post(WISHES["login"], input=again)
            await client.post(WISHES["signUp"], input={**again, "username": token_hex(8)})
            await client.post(WISHES["createGame"], input={})
            await client.post(ME)
        await witness.execute(f"alter table missing rename to {table}")
    await witness.proxy.close()
    await ann.post(ME)
    with suppress(ConnectionClosed):
        async with ann.socket():
            pass
    await Client(witness.server).post(WISHES["login"], input=again)


@pytest.mark.parametrize("settings", [{}, {"production": "true"}], ids=["trial", "production"])
async def test_nothing_secret_is_said(
    database_url: str, tmp_path: Path, settings: dict[str, str]
) -> None:
    async with witnessed(database_url, tmp_path, **settings) as witness:
        ann = await signed_up(witness.server, "ann")
        seat = await ann.seated(await ann.create())
        witness.server.http.event_hooks["response"].append(witness.hear)
        await play(witness, ann, seat)
        await fail(witness, ann)
        for path in ("/healthz", "/readyz"):
            await witness.server.http.get(path)
        said = witness.said()

    secrets = [SECRET, PREVIOUS, OF_DATABASE, WRONG, PASSWORD, *parts_of(ann, seat), HASH, SHORT]
    assert "internal_error" in said
    assert '"database":false' in said
    assert [each for each in secrets if each in said] == []


@pytest.mark.parametrize(
    "url", ["postgresql://xogql:{}@127.0.0.1:port/xogql", "postgres//xogql:{}@127.0.0.1/xogql"]
)
async def test_a_wrong_setting_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "xogql", "serve", cwd=tmp_path, stdout=PIPE, stderr=STDOUT,
        env={"XOGQL_DATABASE_URL": url.format(OF_DATABASE), "XOGQL_PORT": "0"},
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()

    assert process.returncode != 0
    assert OF_DATABASE not in said.decode()
