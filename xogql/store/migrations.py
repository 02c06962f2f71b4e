"""Brings the tables of a database up to date."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from xogql.store.engine import make_engine
from xogql.store.revision import scripts

ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('xogql migrations'))")


def config_for(connection: Connection) -> Config:
    """Make what Alembic's commands want to know, to run them over *connection*."""
    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    connection.execute(ONE_AT_A_TIME)
    command.upgrade(config_for(connection), "head")


async def migrate(engine: AsyncEngine) -> None:
    """Run the migrations that are missing, whole or not at all; several may try at once.

    They take the time that they need, and wait for each other, over a connection of their own.
    """
    unhurried = make_engine(engine.url, pool_size=1, statement_timeout=None)
    isolated = unhurried.execution_options(isolation_level="READ COMMITTED")
    try:
        async with isolated.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await unhurried.dispose()
