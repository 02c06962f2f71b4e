"""Brings the tables of a database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('xogql migrations'))")


def _scripts() -> Path:
    """Find the migrations: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "migrations"
    return installed if installed.exists() else package.parent / "alembic"


def _upgrade(connection: Connection) -> None:
    connection.execute(_ONE_AT_A_TIME)
    config = Config()
    config.set_main_option("script_location", str(_scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def migrate(engine: AsyncEngine) -> None:
    """Run the migrations that are missing, whole or not at all; several may try at once."""
    async with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
        await connection.run_sync(_upgrade)
