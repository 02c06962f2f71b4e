"""The command `xogql`: serve, migrate, rebuild, sweep, schema, demo. Prints, no logic."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from xogql import serving, upkeep
from xogql.api.persisted import ManifestError
from xogql.api.schema import sdl
from xogql.auth.secret import SecretRefusedError
from xogql.demo import demonstrate
from xogql.embedded import EmbeddedPostgres, EmbeddedPostgresError
from xogql.settings import Settings
from xogql.telemetry import configure

Function = Callable[..., None]


def _option(name: str, kind: Any = str) -> Callable[[Function], Function]:  # noqa: ANN401 - click's
    """Make a flag of a setting: both have one description."""
    return click.option(
        f"--{name.replace('_', '-')}",
        name,
        type=kind,
        envvar=f"XOGQL_{name.upper()}",
        show_envvar=True,
        help=Settings.model_fields[name].description,
    )


_host, _port, _workers = _option("host"), _option("port", int), _option("workers", int)
_data_dir = _option("data_dir", click.Path(path_type=Path))
_database_url = _option("database_url")


@click.group(invoke_without_command=True)
@click.version_option(package_name="xogql")
@click.pass_context
def main(context: click.Context) -> None:
    """A multiplayer XO server: GraphQL in, events in Postgres, subscriptions out.

    Without a command it serves. Every flag is an environment variable too; docs/settings.md has
    them all.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if context.invoked_subcommand is None:
        context.invoke(serve)


@main.command()
@_host
@_port
@_workers
@_data_dir
@_database_url
def serve(**given: object) -> None:
    """Serve the game, with an embedded Postgres unless a database is named."""
    with _refusals_told():
        upkeep.check_settings(settings := _settings(given))
        with _with_database(settings) as complete:
            asyncio.run(upkeep.check_database(_url(complete)))
            serving.serve(complete)


@main.command()
@_data_dir
@_database_url
def migrate(**given: object) -> None:
    """Bring the tables of the database up to date."""
    with _refusals_told(), _with_database(_settings(given)) as settings:
        asyncio.run(upkeep.migrate_database(_url(settings)))
    click.echo("The database is up to date.")


@main.command()
@_data_dir
@_database_url
def rebuild(**given: object) -> None:
    """Drop the read models and make them again from the log."""
    with _refusals_told(), _with_database(_settings(given)) as settings:
        events = asyncio.run(upkeep.rebuild_readmodels(_url(settings), _progress))
    click.echo(f"\rThe read models are made anew from {events} events.")


@main.command()
@_data_dir
@_database_url
def sweep(**given: object) -> None:
    """Let guests go who have no game and were not heard for long; servers do so every hour."""
    with _refusals_told(), _with_database(_settings(given)) as settings:
        gone = asyncio.run(upkeep.let_guests_go(settings, _url(settings)))
    click.echo(f"{gone} guests went.")


@main.command()
def schema() -> None:
    """Print the GraphQL schema, sorted."""
    click.echo(sdl(), nl=False)


@main.command()
@click.option("--url", help="A server: http://host:port; else the settings' or a new one.")
@_data_dir
def demo(url: str | None, data_dir: Path | None) -> None:
    """Play a whole game between two clients and print every request and answer."""
    demonstrate(url, data_dir)


_REFUSALS = (
    EmbeddedPostgresError,
    ManifestError,
    SecretRefusedError,
    ValidationError,
    upkeep.DatabaseRefusedError,
    upkeep.NotMigratedError,
)
"""What an operator can heal: told in words, without a traceback."""


@contextmanager
def _refusals_told() -> Iterator[None]:
    """End with a sentence where an operator can heal it."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)
    except _REFUSALS as error:
        raise click.ClickException(str(error)) from error
    except (SQLAlchemyError, OSError) as error:
        message = f"The database cannot be reached: {error}"
        raise click.ClickException(message) from error


def _settings(given: dict[str, object]) -> Settings:
    """Read the settings, with the flags that were *given*."""
    named = {name: each for name, each in given.items() if each is not None}
    settings = Settings.model_validate(named)
    configure(level=settings.log_level, as_json=settings.production)
    return settings


@contextmanager
def _with_database(settings: Settings) -> Iterator[Settings]:
    """Start a Postgres if none is named, and name it."""
    if settings.database_url is not None:
        yield settings
        return
    with EmbeddedPostgres(settings.data_dir, settings.postgres_bindir) as embedded:
        asyncio.run(upkeep.migrate_database(embedded.url))
        yield settings.model_copy(update={"database_url": embedded.url})


def _url(settings: Settings) -> str:
    return str(settings.database_url)


def _progress(events: int) -> None:
    click.echo(f"\r{events} events", nl=False)
