"""The attacks for as long as one likes: `python -m tests.fuzz --examples 10000`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import click

from tests.e2e.servers import ServerProcess, running
from tests.fuzz.answers import check_log
from tests.fuzz.attacks import ATTACKS
from tests.fuzz.footprint import Footprint
from tests.fuzz.preparation import played, prepared
from xogql.embedded import EmbeddedPostgres
from xogql.store.engine import make_engine
from xogql.store.migrations import migrate


@click.command()
@click.option("--examples", default=1000, help="How many of each attack.")
@click.option("--only", type=click.Choice([*ATTACKS]), multiple=True, help="These attacks.")
def main(examples: int, only: tuple[str, ...]) -> None:
    """Attack a server that is started for it, and tell what it held before and after."""
    asyncio.run(_attack(examples, only or tuple(ATTACKS)))


async def _attack(examples: int, names: tuple[str, ...]) -> None:
    async with _server() as server:
        goal = await prepared(server)
        _tell(server, "at the beginning")
        for name in names:
            began = monotonic()
            await asyncio.to_thread(ATTACKS[name], goal, examples)
            await played(server)
            check_log(server.log.read_text())
            _tell(server, f"after {examples} by {name} in {monotonic() - began:.0f} s")


@asynccontextmanager
async def _server() -> AsyncGenerator[ServerProcess]:
    with TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder)) as postgres:
        engine = make_engine(postgres.url)
        await migrate(engine)
        await engine.dispose()
        async with running(postgres.url, Path(folder) / "server") as server:
            yield server


def _tell(server: ServerProcess, when: str) -> None:
    if Footprint.can_be_taken():
        now = Footprint.of(server.process.pid)
        click.echo(f"{now.memory / 1024:6.1f} MiB, {now.files:3} files  {when}")
    else:
        click.echo(when)


if __name__ == "__main__":
    main()
