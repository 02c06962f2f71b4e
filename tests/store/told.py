"""The plans that a server tells of by itself, as it carries them out."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

TELL_PLANS = """
load 'auto_explain';
set auto_explain.log_min_duration = 0;
set auto_explain.log_level = notice;
"""
BY_THEN_A_PLAN_IS_KEPT = 7
"""Postgres plans a statement five times for its values before it keeps one plan for all."""


def telling_plans(engine: AsyncEngine) -> list[str]:
    """Give what will hold how the server ran what it is asked over the engine."""
    told: list[str] = []

    def listen(connection: Any, _: object) -> None:
        connection.driver_connection.add_log_listener(lambda _, log: told.append(log.message))
        connection.run_async(lambda driver: driver.execute(TELL_PLANS))

    event.listen(engine.sync_engine, "connect", listen)
    return told
