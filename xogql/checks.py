"""What must be so before a server starts. Nothing of the server is imported for it."""

import asyncpg

from xogql.api.manifest import ManifestError, read_manifest
from xogql.auth.secret import SecretRefusedError, signing_secret
from xogql.settings import Settings
from xogql.store import revision


class NotMigratedError(Exception):
    """The tables of this database are missing or old: run `xogql migrate` first."""

    def __str__(self) -> str:
        return str(self.__doc__)


class DatabaseRefusedError(Exception):
    """The database lets nobody in: its name, the user or the password is wrong."""

    def __init__(self, reason: object) -> None:
        super().__init__(f"{self.__doc__}\n{reason}")


class DatabaseUnreachableError(Exception):
    """The database cannot be reached."""

    def __init__(self, reason: object) -> None:
        super().__init__(f"The database cannot be reached: {reason}")


REFUSALS = (
    DatabaseRefusedError,
    DatabaseUnreachableError,
    ManifestError,
    NotMigratedError,
    SecretRefusedError,
)
"""What an operator can heal: told in words, without a traceback."""


def check_settings(settings: Settings) -> None:
    """Check what the settings name.

    Raises:
        SecretRefusedError: if production has no secret to sign with, or a weak one.
        ManifestError: if the trusted documents cannot be read.
    """
    if settings.production:
        signing_secret(settings.secret, None, production=True)
    if settings.trusted_documents is not None:
        read_manifest(settings.trusted_documents)


async def is_up_to_date(embedded_url: str) -> bool:
    """Tell whether no migration of the embedded database is missing."""
    connection = await asyncpg.connect(embedded_url)
    try:
        found = await connection.fetchval(revision.RECORDED)
    except asyncpg.UndefinedTableError:
        return False
    else:
        return bool(found == revision.newest())
    finally:
        await connection.close()
