"""The command `xogql`: serve, migrate, rebuild, schema, demo. Prints, no logic."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from xogql.api.schema import sdl
from xogql.app import rebuilding
from xogql.embedded import EmbeddedPostgres, EmbeddedPostgresError
from xogql.serving import serve as serve_with
from xogql.settings import Settings
from xogql.store.engine import make_engine
from xogql.store.migrations import migrate as run_migrations
from xogql.telemetry import configure

Command = Callable[..., None]

_FLAGS: dict[str, Any] = {
    "host": str,
    "port": int,
    "workers": int,
    "data_dir": click.Path(path_type=Path, file_okay=False),
    "database_url": str,
}
