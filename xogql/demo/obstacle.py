"""Why the demonstration cannot go on, in one sentence."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import click
import httpx
from websockets.exceptions import WebSocketException

PATIENCE = 10.0
"""How long anything may take that a server answers, in seconds."""
EXCERPT = 200
"""How much is shown of what makes no sense, in characters."""


class ObstacleError(click.ClickException):
    """The demonstration cannot go on."""


@asynccontextmanager
async def patience(what: str) -> AsyncGenerator[None]:
    """Wait for *what* of the server, but not for ever.

    Raises:
        ObstacleError: if it does not come.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except (TimeoutError, httpx.TimeoutException) as error:
        message = f"{what}: nothing came within {PATIENCE:g} seconds."
        raise ObstacleError(message) from error
    except (httpx.HTTPError, httpx.InvalidURL, WebSocketException, OSError) as error:
        raise ObstacleError(f"{what}: {error or type(error).__name__}") from error
