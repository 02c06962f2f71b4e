"""Runs the migrations over the connection that it is given, or over XOGQL_DATABASE_URL."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from xogql.store.engine import make_engine
from xogql.store.migrations import ONE_AT_A_TIME
from xogql.store.tables import metadata


def run_on(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()


async def run_from_the_command_line() -> None:
    engine = make_engine(os.environ["XOGQL_DATABASE_URL"], statement_timeout=None)
    isolated = engine.execution_options(isolation_level="READ COMMITTED")
    async with isolated.begin() as connection:
        await connection.execute(ONE_AT_A_TIME)
        await connection.run_sync(run_on)
    await engine.dispose()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run_on(given)
else:
    asyncio.run(run_from_the_command_line())
