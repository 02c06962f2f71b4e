"""Where the game is played: on a server that runs, or else on one of our own."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from pydantic import ValidationError

from xogql.demo.obstacle import (
    PATIENCE,
    NoServerError,
    NotReachedError,
    NotReadyError,
    NotStartedError,
    NotXogqlError,
    ObstacleError,
    patience,
)
from xogql.demo.own_server import own_server
from xogql.demo.readable import excerpt
from xogql.demo.transcript import Transcript
from xogql.settings import Settings

_GETTING_READY = 20.0
_PAUSE = 0.1
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- the server's, not ours


@asynccontextmanager
async def hosted(
    url: str | None, data_dir: Path | None, transcript: Transcript
) -> AsyncGenerator[str]:
    """Give the address of a server, which is started and stopped if none runs.

    Raises:
        ObstacleError: if there is none and none can be started.
    """
    known = _address() if url is None else url.rstrip("/").removesuffix("/graphql")
    try:
        await _check(known)
    except (NoServerError, NotXogqlError) as absent:
        if url is not None:
            raise
        transcript.note(f"{absent.message} One is started for this game.")
        async with own_server(data_dir) as address:
            await _ready(address)
            transcript.note(f"It serves at {address} and will be stopped in the end.")
            yield address
        transcript.note("The server is stopped.")
    else:
        transcript.note(f"The game is played on the server that runs at {known}.")
        yield known


async def _check(url: str) -> None:
    """Ask a server whether it is one of ours and ready.

    Raises:
        ObstacleError: if it is not.
    """
    try:
        async with (
            patience("The server's answer"),
            httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as http,
        ):
            ready = (await http.get(f"{url}/readyz")).json()
    except NotReachedError as error:
        raise NoServerError(url=url, why=error.details["why"]) from error
    except ValueError as error:
        raise NotXogqlError(url=url) from error
    match ready:
        case {"status": "ok", "database": True, "listener": True}:
            return
        case {"status": _, "database": bool(), "listener": bool()}:
            raise NotReadyError(url=url, checks=excerpt(ready))
        case _:
            raise NotXogqlError(url=url)


async def _ready(url: str) -> None:
    """Wait until every part of a server is ready: it may greet before its workers are."""
    deadline = time.monotonic() + _GETTING_READY
    while True:
        try:
            return await _check(url)
        except ObstacleError:
            if time.monotonic() > deadline:
                raise
        await asyncio.sleep(_PAUSE)


def _address() -> str:
    """Give the address that `xogql serve` listens at."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise NotStartedError(why=str(error)) from error
    host = _ANYWHERE.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
