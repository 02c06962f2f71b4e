"""The checks as a tool: `python -m tests.wire ws://host:port/graphql --dialect xogql`."""

import asyncio

import click

from tests.wire.checks import CHECKS, observe
from tests.wire.connections import Connector, Outcome
from tests.wire.dialects import REFERENCE, Dialect
from tests.wire.preparation import prepared, signed_in


@click.command()
@click.argument("url")
@click.option("--dialect", type=click.Choice(["xogql", "reference"]), required=True)
@click.option("--authorization", help='"Bearer …"; else somebody signs up, where that is needed.')
@click.option("--only", default="", help="A part of the names of the checks to run.")
def main(url: str, dialect: str, authorization: str | None, only: str) -> None:
    """Check a server of graphql-transport-ws, and print what each check observed."""
    asyncio.run(_check(url, dialect, authorization, only))


async def _check(url: str, name: str, authorization: str | None, only: str) -> None:
    connector, dialect = await _introduced(url, name, authorization)
    chosen = [each for each in CHECKS if only in each.name]
    outcomes = await observe(connector, dialect, chosen)
    for check, outcome in outcomes.items():
        click.echo(f"{'as expected' if outcome == check.expected else 'OTHERWISE':12}{check.name}")
        click.echo(f"{'':12}{_line(outcome)}")
    expected = sum(outcome == check.expected for check, outcome in outcomes.items())
    click.echo(
        f"{len(outcomes)} checks: {expected} as expected, {len(outcomes) - expected} otherwise;"
        f" {len(chosen) - len(outcomes)} more cannot be made here."
    )


async def _introduced(url: str, name: str, authorization: str | None) -> tuple[Connector, Dialect]:
    if name == "reference":
        return Connector(url), REFERENCE
    connector = await signed_in(url, authorization)
    return connector, await prepared(connector)


def _line(outcome: Outcome) -> str:
    text = " · ".join(outcome)
    return text if len(text) <= 80 else f"{text[:79]}…"


if __name__ == "__main__":
    main()
