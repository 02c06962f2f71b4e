"""What an operator may set: read once from the environment, frozen."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

USUAL_POOL = 10

CONNECTIONS = 90
"""What the processes of a host take at most, unless told otherwise: Postgres comes with 100."""

BELL = 2
"""The connections of a process that are not for statements: one listens, one notifies."""

_LIMIT = r"^[1-9]\d*/\d+(\.\d+)?$"


def _capitals(value: Any) -> Any:  # noqa: ANN401 - whatever was set
    return value.upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Each field is an environment variable: `XOGQL_` and the field's name in capitals."""

    model_config = SettingsConfigDict(env_prefix="XOGQL_", env_ignore_empty=True, frozen=True)

    host: Annotated[str, Field(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0: a free one.")] = (
        8000
    )
    workers: Annotated[
        int | None, Field(ge=1, description="Server processes on this host; unset: one a core.")
    ] = None
    data_dir: Annotated[
        Path, Field(description="Where the embedded Postgres and the made secret are kept.")
    ] = Path(".xogql")
    database_url: Annotated[
        str | None,
        Field(repr=False, description="A Postgres to use (postgresql://…); else an embedded one."),
    ] = None
    listen_url: Annotated[
        str | None,
        Field(
            repr=False,
            description="Where to LISTEN and NOTIFY, if the database is behind a pooler.",
        ),
    ] = None
    pool_size: Annotated[
        int | None,
        Field(ge=1, description="Connections a process, but the bell's; unset: 10, of many fewer."),
    ] = None
    postgres_bindir: Annotated[
        Path | None, Field(description="Programs of the embedded Postgres; else the wheel's.")
    ] = None
    production: Annotated[
        bool, Field(description="Refuse a weak secret, mask internal errors, log as JSON.")
    ] = False
    secret: Annotated[
        str | None,
        Field(repr=False, description="Signs tokens: 32 random bytes or more; else one is made."),
    ] = None
    previous_secret: Annotated[
        str | None,
        Field(repr=False, description="The secret before: its tokens stay good while it is set."),
    ] = None
    access_lifetime: Annotated[
        timedelta, Field(description="How long an access token is good: 12:00:00, or ISO 8601.")
    ] = timedelta(hours=12)
    intra_lifetime: Annotated[
        timedelta, Field(description="How long an intratoken is good: 02:00:00, or ISO 8601.")
    ] = timedelta(hours=2)
    guest_lifetime: Annotated[
        timedelta, Field(description="How long a guest's access token is good: P30D.")
    ] = timedelta(days=30)
    guests_go_after: Annotated[
        timedelta, Field(description="Guests without a game go when unheard for so long: P30D.")
    ] = timedelta(days=30)
    logins_per_name: Annotated[
        str, Field(pattern=_LIMIT, description="Logins to one name: burst/seconds for one more.")
    ] = "5/10"
    logins_per_address: Annotated[
        str, Field(pattern=_LIMIT, description="Logins from one address: burst/seconds.")
    ] = "20/3"
    sign_ups_per_address: Annotated[
        str, Field(pattern=_LIMIT, description="Sign-ups from one address: burst/seconds.")
    ] = "10/30"
    guests_per_address: Annotated[
        str, Field(pattern=_LIMIT, description="New guests from one address: burst/seconds.")
    ] = "30/10"
    renames_per_player: Annotated[
        str, Field(pattern=_LIMIT, description="A member's changes of name: burst/seconds.")
    ] = "3/3600"
    origins: Annotated[
        str, Field(description="Origins of other pages that may use it, with commas; or *.")
    ] = ""
    page: Annotated[bool, Field(description="Serve the page where people play at /.")] = True
    playground: Annotated[bool, Field(description="Serve GraphiQL at /graphql.")] = True
    mask_errors: Annotated[
        bool | None,
        Field(description="Tell clients of internal errors by an id only; unset: in production."),
    ] = None
    sockets_per_player: Annotated[
        int, Field(ge=1, description="Sockets of one player at once, in a process.")
    ] = 20
    sockets_per_address: Annotated[
        int, Field(ge=1, description="Sockets from one address at once, in a process.")
    ] = 200
    operations_per_socket: Annotated[
        int, Field(ge=1, description="Operations on one socket at once.")
    ] = 100
    messages_per_socket: Annotated[
        str, Field(pattern=_LIMIT, description="Messages on one socket: burst/seconds.")
    ] = "200/0.01"
    moves_per_player: Annotated[
        str, Field(pattern=_LIMIT, description="A player's moves: burst/seconds.")
    ] = "40/0.05"
    operations_per_client: Annotated[
        str, Field(pattern=_LIMIT, description="Other operations of one client: burst/seconds.")
    ] = "100/0.02"
    introspection: Annotated[
        bool, Field(description="Let clients ask for the schema; GraphiQL needs it.")
    ] = True
    longest_body: Annotated[
        int, Field(ge=1024, description="Bytes of a request's body at most.")
    ] = 100_000
    longest_frame: Annotated[
        int, Field(ge=1024, description="Bytes of a socket's message at most.")
    ] = 65_536
    most_tokens: Annotated[int, Field(ge=1, description="Tokens of a document at most.")] = 2_000
    most_depth: Annotated[int, Field(ge=1, description="Depth of an operation at most.")] = 15
    most_aliases: Annotated[int, Field(ge=0, description="Aliases in an operation at most.")] = 30
    most_cost: Annotated[
        int, Field(ge=1, description="Fields of an answer at most, those in lists counted each.")
    ] = 10_000
    plans: Annotated[
        bool, Field(description="Compile documents that come often; the answers are the same.")
    ] = True
    operation_timeout: Annotated[
        timedelta,
        Field(description="How long a query or mutation may take: 00:00:10, or ISO 8601."),
    ] = timedelta(seconds=10)
    house_processes: Annotated[
        int, Field(ge=1, description="Processes in which the house thinks, of each server process.")
    ] = 1
    house_seconds: Annotated[
        float, Field(gt=0, description="Seconds that the house may think about a move.")
    ] = 10.0
    trusted_documents: Annotated[
        Path | None, Field(description="A manifest of documents that clients name by their ids.")
    ] = None
    trusted_only: Annotated[
        bool, Field(description="Execute no document but those of the manifest.")
    ] = False
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        BeforeValidator(_capitals),
        Field(description="DEBUG, INFO, WARNING or ERROR."),
    ] = "INFO"
    trusted_proxies: Annotated[
        str, Field(description="Addresses whose X-Forwarded-For is believed, with commas; or *.")
    ] = "127.0.0.1"

    @property
    def processes(self) -> int:
        """How many processes serve."""
        return self.workers or cores()

    @property
    def pool(self) -> int:
        """How many connections a process has beside the bell's two, for statements."""
        if self.pool_size is not None:
            return self.pool_size
        return max(1, min(USUAL_POOL, CONNECTIONS // self.processes - BELL))

    @property
    def connections(self) -> int:
        """How many connections all processes have at most."""
        return self.processes * (self.pool + BELL)

    @property
    def guests_stay(self) -> timedelta:
        """How long a guest without a game is waited for: none goes whose token may be good."""
        return max(self.guests_go_after, self.guest_lifetime)

    @property
    def allowed_origins(self) -> frozenset[str]:
        """The origins besides the server's own."""
        return frozenset(filter(None, (each.strip() for each in self.origins.split(","))))

    @property
    def masked(self) -> bool:
        """Whether clients are told of internal errors by an id only."""
        return self.production if self.mask_errors is None else self.mask_errors


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
