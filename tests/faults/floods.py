"""Somebody who sends far too much of everything, from an address of their own."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager

import httpx
from websockets import ClientConnection, ConnectionClosed, WebSocketException, connect

from tests.e2e.clients import PASSWORD
from tests.e2e.documents import WISHES
from tests.e2e.sockets import PROTOCOL
from tests.faults.place import Place
from tests.faults.scene import Scene
from tests.faults.stage import Stage

ADDRESS = "127.0.0.2"
"""Where the flood comes from: players are at another address."""

SOCKETS = 200
CLOSES = ("Too many sockets", "Too many messages", "Invalid message")

DEFAULTS = {
    "sign_ups_per_address": "10/30",
    "logins_per_address": "20/3",
    "logins_per_name": "5/10",
    "moves_per_player": "40/0.05",
    "operations_per_client": "100/0.02",
    "messages_per_socket": "200/0.01",
    "sockets_per_player": "20",
}
"""The product's own limits, which the tests else raise."""

GIANT = f"{{ lobby: games(first: 100) {{ {' '.join(f'a{n}: __typename' for n in range(40))} }} }}"
MALFORMED = ('{"type":', "[]", "\x00", '{"type":"subscribe"}', '{"type":"next"}', "[" * 20_000)


@asynccontextmanager
async def limited(stage: Stage) -> AsyncGenerator[Stage]:
    async with stage.served_by(stage.place("limited", None, **DEFAULTS)) as own:
        yield own


async def flooded(scene: Scene) -> None:
    """Flood a server in every way while games are played on it."""
    place = scene.stage.places[0]
    async with scene.playing():
        await scene.progress(10)
        for _ in scene.rounds(3):
            scene.lifted()
            answers, closes = await _floods(place, 1 if scene.short else 3)
            for code in ("TOO_MANY_ATTEMPTS", "OPERATION_TOO_LARGE", "BAD_REQUEST"):
                scene.hold(answers[code], f"{code} is among {answers}")
            scene.hold(not answers["INTERNAL"], f"{answers} are limits")
            for reason in CLOSES:
                told = any(each.startswith(reason) for each in closes)
                scene.hold(told, f"{reason} is among {closes}")
            await scene.progress(20)


async def _floods(place: Place, times: int) -> tuple[Counter[str], Counter[str]]:
    """Flood; give the codes of the answers and the reasons of the closes."""
    answers, closes = Counter[str](), Counter[str]()
    transport = httpx.AsyncHTTPTransport(local_address=ADDRESS, verify=False)
    async with (
        httpx.AsyncClient(base_url=place.url, transport=transport, timeout=60) as http,
        asyncio.TaskGroup() as group,
    ):
        for _ in range(times):
            group.create_task(_ask(http, answers))
            group.create_task(_connect(place, closes))
            for frames in ([each] for each in MALFORMED):
                group.create_task(_say(place, frames, closes))
            group.create_task(_say(place, ['{"type":"ping"}'] * 500, closes))
    return answers, closes


async def _ask(http: httpx.AsyncClient, answers: Counter[str]) -> None:
    """Sign up, guess, ask for too much and send nonsense, again and again."""
    for number in range(30):
        guess = {"username": "somebody", "password": PASSWORD}
        for name, wished in (("signUp", {**guess, "username": f"s{number}"}), ("login", guess)):
            body = {"query": WISHES[name], "variables": {"input": wished}}
            answer = (await http.post("/graphql", json=body)).json()
            told = (answer.get("data") or {}).get(name)
            answers[told.get("code", "let in") if told else _code(answer)] += 1
        for query in (GIANT, "x" * 200_000):
            answers[_code((await http.post("/graphql", json={"query": query})).json())] += 1


def _code(answer: dict[str, list[dict[str, dict[str, str]]]]) -> str:
    return answer["errors"][0]["extensions"]["code"]


async def _connect(place: Place, closes: Counter[str]) -> None:
    """Open more sockets than one address may have."""
    sockets = await asyncio.gather(*(_open(place) for _ in range(SOCKETS + 50)))
    for each in sockets:
        if each is not None:
            await each.close()
            closes[each.close_reason or ""] += 1


async def _say(place: Place, frames: Iterable[str], closes: Counter[str]) -> None:
    socket = await _open(place)
    if socket is None:
        return
    try:
        for frame in frames:
            await socket.send(frame)
        async for _ in socket:
            pass
    except ConnectionClosed:
        pass
    closes[socket.close_reason or ""] += 1


async def _open(place: Place) -> ClientConnection | None:
    try:
        return await connect(
            f"ws{place.url.removeprefix('http')}/graphql",
            subprotocols=[PROTOCOL],
            compression=None,
            local_addr=(ADDRESS, 0),
            proxy=None,
        )
    except (OSError, WebSocketException):
        return None
