"""The command `xogql`: serve, migrate, rebuild, sweep, schema, demo. Prints, no logic.

Each command imports what it needs: none waits for what another one does.
"""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from xogql.settings import Settings, cores

OTHERS = 20
"""Connections of the embedded Postgres for whoever looks at it besides."""

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
def serve(workers: int | None, **given: object) -> None:
    """Serve the game, with an embedded Postgres unless a database is named."""
    from xogql import preloading

    if several := (workers or cores()) > 1:
        preloading.start_forkserver()
    with _refusals_told(), ExitStack() as stack:
        from xogql import checks, serving

        checks.check_settings(settings := _settings({"workers": workers, **given}))
        with nullcontext() if several else preloading.importing():
            complete = stack.enter_context(_with_database(settings))
        if settings.database_url is None:
            _migrate_embedded(_url(complete))
        else:
            _check(_url(complete))
        serving.serve(complete)


@main.command()
@_data_dir
@_database_url
def migrate(**given: object) -> None:
    """Bring the tables of the database up to date."""
    with _refusals_told(), _with_database(_settings(given)) as settings:
        _migrate(_url(settings))
    click.echo("The database is up to date.")


@main.command()
@_data_dir
@_database_url
def rebuild(**given: object) -> None:
    """Drop the read models and make them again from the log."""
    with _refusals_told(), _with_database(settings := _settings(given)) as complete:
        from xogql.upkeep import rebuild_readmodels

        if settings.database_url is None:
            _migrate_embedded(_url(complete))
        events = asyncio.run(rebuild_readmodels(_url(complete), _progress))
    click.echo(f"\rThe read models are made anew from {events} events.")


@main.command()
@_data_dir
@_database_url
def sweep(**given: object) -> None:
    """Let guests go who have no game and were not heard for long; servers do so every hour."""
    with _refusals_told(), _with_database(settings := _settings(given)) as complete:
        from xogql.upkeep import let_guests_go

        if settings.database_url is None:
            _migrate_embedded(_url(complete))
        gone = asyncio.run(let_guests_go(_url(complete), settings.guests_stay))
    click.echo(f"{gone} guests went.")


@main.command()
def schema() -> None:
    """Print the GraphQL schema, sorted."""
    from xogql.api.schema import sdl

    click.echo(sdl(), nl=False)


@main.command()
@click.option("--url", help="A server: http://host:port; else the settings' or a new one.")
@_data_dir
def demo(url: str | None, data_dir: Path | None) -> None:
    """Play a whole game between two clients and print every request and answer."""
    from xogql.demo import demonstrate

    demonstrate(url, data_dir)


@contextmanager
def _refusals_told() -> Iterator[None]:
    """End with a sentence where an operator can heal it."""
    from xogql import checks
    from xogql.embedded import EmbeddedPostgresError

    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)
    except (EmbeddedPostgresError, ValidationError, *checks.REFUSALS) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(str(checks.DatabaseUnreachableError(error))) from error


def _settings(given: dict[str, object]) -> Settings:
    """Read the settings, with the flags that were *given*."""
    from xogql.telemetry import configure

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
    from xogql.embedded import EmbeddedPostgres

    most = settings.connections + OTHERS
    given = settings.data_dir, settings.postgres_bindir
    with EmbeddedPostgres(*given, connections=most) as embedded:
        yield settings.model_copy(update={"database_url": embedded.url})


def _migrate_embedded(url: str) -> None:
    """Migrate unless there is nothing to do, which is told at once."""
    from xogql.checks import is_up_to_date

    if not asyncio.run(is_up_to_date(url)):
        _migrate(url)


def _migrate(url: str) -> None:
    from xogql.upkeep import migrate_database

    asyncio.run(migrate_database(url))


def _check(url: str) -> None:
    from xogql.upkeep import check_database

    asyncio.run(check_database(url))


def _url(settings: Settings) -> str:
    return str(settings.database_url)


def _progress(events: int) -> None:
    click.echo(f"\r{events} events", nl=False)
