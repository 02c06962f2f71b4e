"""The files of one Postgres, and how its programs are called on them."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from xogql.embedded.addresses import PORT
from xogql.embedded.binaries import major_version
from xogql.embedded.failures import DataFolderUnusableError, OtherMajorVersionError

SUPERUSER = "xogql"
FIRST_WITH_BUILTIN_LOCALES = 17
FEWEST_CONNECTIONS = 200
SETTINGS = {
    "listen_addresses": "",
    "log_checkpoints": "off",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A folder of data, and the programs that know how to read it."""

    folder: Path
    bindir: Path

    @property
    def exists(self) -> bool:
        """Say whether the data were ever made."""
        return (self.folder / "PG_VERSION").is_file()

    @property
    def draft(self) -> Path:
        """Return where the data are made: a start that was killed leaves no half of a cluster."""
        return self.folder.with_name(f"{self.folder.name}.new")

    def check_version(self) -> None:
        """Refuse data of another major version."""
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        programs = str(major_version(self.bindir))
        if made_by != programs:
            raise OtherMajorVersionError(self.folder, made_by, self.bindir, programs)

    def begin(self) -> None:
        """Make the draft's folder, empty, unless something else is in the cluster's place."""
        if self.folder.exists() and any(self.folder.iterdir()):
            raise DataFolderUnusableError(self.folder, "it holds something else")
        if self.draft.exists():
            shutil.rmtree(self.draft)
        self.draft.mkdir(mode=0o700)

    def finish(self) -> None:
        """Put the draft in its place: all of it or nothing."""
        self.draft.rename(self.folder)

    def initdb(self) -> list[str]:
        """Return the command that fills the draft."""
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return [
            str(self.bindir / "initdb"),
            f"--pgdata={self.draft}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            *(builtin if major_version(self.bindir) >= FIRST_WITH_BUILTIN_LOCALES else ()),
        ]

    def serve(self, socket_folder: Path, connections: int) -> list[str]:
        """Return the command that serves so many *connections* on a socket in *socket_folder*."""
        quoted = str(socket_folder).replace('"', '""')
        settings = SETTINGS | {
            "max_connections": str(max(FEWEST_CONNECTIONS, connections)),
            "unix_socket_directories": f'"{quoted}"',
        }
        options = (("-c", f"{name}={value}") for name, value in settings.items())
        command = [str(self.bindir / "postgres"), "-D", str(self.folder)]
        return command + [each for option in options for each in option]
