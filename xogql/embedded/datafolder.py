"""The folder that one living process at a time keeps its Postgres in."""

import os
import stat
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from xogql.embedded.addresses import Address
from xogql.embedded.failures import DataFolderInUseError, DataFolderUnusableError
from xogql.embedded.interlock import Interlock
from xogql.embedded.postmaster import Postmaster
from xogql.embedded.privileges import Identity
from xogql.embedded.supervisor import LONGEST_STOP


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where the cluster, its log, its locks and the game's secret live."""

    path: Path

    @property
    def cluster(self) -> Path:
        """Return the folder of Postgres' own files."""
        return self.path / "postgres"

    @property
    def address(self) -> Address:
        """Return where its Postgres is reached."""
        return Address.of(self.cluster)

    def make(self) -> None:
        """Make the folder, if it is not there, for us alone."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderUnusableError(self.path, error.strerror or "") from error
        for each in (self.path, self.cluster):
            if each.exists() and not os.access(each, os.R_OK | os.W_OK | os.X_OK):
                raise DataFolderUnusableError(each, "it belongs to somebody else")

    def claim(self, stack: ExitStack) -> Interlock:
        """Own the folder until *stack* is closed; return the lock for all who write to it."""
        owner = stack.enter_context(Interlock(self.path / "owner.lock"))
        if not owner.acquire():
            pid, url = owner.read() or ("0", self.address.url())
            raise DataFolderInUseError(self.path, int(pid), url)
        owner.write(str(os.getpid()), self.address.url())
        writers = stack.enter_context(Interlock(self.path / "postgres.lock"))
        if not writers.acquire():
            self._outlive_previous(writers)
        self._refuse_foreign()
        return writers

    def admit(self, identity: Identity) -> None:
        """Let *identity* pass through the folder to its cluster, but not look around."""
        if not identity.can_enter(self.path):
            self.path.chmod(stat.S_IMODE(self.path.stat().st_mode) | 0o011)
        if not identity.can_enter(self.path):
            who = f"user {identity.uid}, whom Postgres runs as in place of root, cannot enter it"
            raise DataFolderUnusableError(self.path, who)

    def interrupt(self) -> None:
        """Stop a server that runs although its owner is done: its supervisor may be dead."""
        # Only who answers is what the file says: numbers of dead processes are used again.
        if (postmaster := Postmaster.of(self.cluster)) and postmaster.answers():
            postmaster.interrupt()

    def _outlive_previous(self, writers: Interlock) -> None:
        self.interrupt()
        postmaster = Postmaster.of(self.cluster)
        if not writers.acquire(LONGEST_STOP):
            pid = postmaster.pid if postmaster else 0
            raise DataFolderInUseError(self.path, pid, self.address.url())

    def _refuse_foreign(self) -> None:
        """Refuse if a Postgres that is none of ours serves the folder."""
        postmaster = Postmaster.of(self.cluster)
        if postmaster and postmaster.answers():
            url = Address(postmaster.socket_folder).url(postmaster.port)
            raise DataFolderInUseError(self.path, postmaster.pid, url)
