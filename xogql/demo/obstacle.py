"""Why the demonstration cannot go on, each in one sentence.

ObstacleError
├── NoServerError
├── NotXogqlError
├── NotReadyError
├── NotStartedError
├── NotReachedError
├── RefusedError
└── UnexpectedError
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import click
import httpx
from websockets.exceptions import WebSocketException

PATIENCE = 10.0
"""How long anything may take that a server answers, in seconds."""


class ObstacleError(click.ClickException):
    """The demonstration cannot go on."""

    def __init__(self, **details: object) -> None:
        super().__init__(" ".join(str(self.__doc__).split()).format(**details))
        self.details = details


class NoServerError(ObstacleError):
    """There is no server at {url} ({why})."""


class NotXogqlError(ObstacleError):
    """What answers at {url} is not xogql."""


class NotReadyError(ObstacleError):
    """The server at {url} is not ready: {checks}."""


class NotStartedError(ObstacleError):
    """The server cannot be started. {why}"""  # noqa: D415 -- the server has the last word


class NotReachedError(ObstacleError):
    """{what} did not come about: {why}."""


class RefusedError(ObstacleError):
    """{who}'s {field} was refused ({code}): {message}{advice}"""  # noqa: D415 -- nor here


class UnexpectedError(ObstacleError):
    """{who} expected {expected} and was told: {told}"""  # noqa: D415 -- nor here


@asynccontextmanager
async def patience(what: str) -> AsyncGenerator[None]:
    """Wait for *what* of the server, but not for ever.

    Raises:
        NotReachedError: if it does not come.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except (TimeoutError, httpx.TimeoutException) as error:
        why = f"nothing was heard for {PATIENCE:g} seconds"
        raise NotReachedError(what=what, why=why) from error
    except (httpx.HTTPError, httpx.InvalidURL, WebSocketException, OSError) as error:
        raise NotReachedError(what=what, why=str(error) or type(error).__name__) from error
