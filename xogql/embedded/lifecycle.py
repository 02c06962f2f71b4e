"""From an empty folder to a Postgres that takes connections, and back to no process at all."""

import os
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from xogql.embedded.addresses import PORT
from xogql.embedded.binaries import bindir as find_bindir
from xogql.embedded.binaries import copy_for_others
from xogql.embedded.cluster import Cluster
from xogql.embedded.datafolder import DataFolder
from xogql.embedded.failures import BinariesUnreachableError, UnsupportedPlatformError
from xogql.embedded.postmaster import Postmaster
from xogql.embedded.privileges import Identity, identity_for
from xogql.embedded.readiness import UNREACHABLE, comes_up, ensure_database
from xogql.embedded.serverlog import ServerLog
from xogql.embedded.supervision import Supervision


class EmbeddedPostgres:
    """A Postgres of our own, for the time of a `with` block.

    *connections*: how many it has to take, if they are many.
    """

    def __init__(
        self,
        data_dir: Path,
        bindir: Path | None = None,
        *,
        connections: int = 0,
        timeout: float = 30.0,
        unshare: bool = True,
    ) -> None:
        self._data = DataFolder(data_dir.resolve())
        self._bindir = bindir
        self._connections = connections
        self._timeout = timeout
        self._unshare = unshare
        self._running = ExitStack()

    @property
    def url(self) -> str:
        """Return where it is reached: `postgresql://xogql@/xogql?host=...`."""
        return self._data.address.url()

    def __enter__(self) -> Self:
        if os.name != "posix":
            raise UnsupportedPlatformError
        with ExitStack() as stack:
            self._start(stack)
            self._running = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._running.close()

    def _start(self, stack: ExitStack) -> None:
        self._data.make()
        lock = self._data.claim(stack)
        identity = identity_for(self._data.cluster, unshare=self._unshare)
        log = stack.enter_context(ServerLog(self._data.path / "postgres.log"))
        supervision = Supervision(identity, log, lock)
        cluster = Cluster(self._data.cluster, self._programs_for(identity))
        self._data.address.prepare(identity)
        stack.callback(self._data.address.clear)
        if not cluster.exists:
            self._create(cluster, supervision)
        cluster.check_version()
        identity.give(cluster.folder)
        self._serve(cluster, supervision, stack)

    def _programs_for(self, identity: Identity) -> Path:
        folder = find_bindir(self._bindir)
        if identity == Identity():
            return folder
        self._data.admit(identity)
        if not identity.can(str(folder / "postgres"), "--version"):
            folder = copy_for_others(folder, self._data.path / "binaries")
        if not identity.can(str(folder / "postgres"), "--version"):
            raise BinariesUnreachableError(folder)
        return folder

    def _create(self, cluster: Cluster, supervision: Supervision) -> None:
        cluster.begin()
        supervision.identity.give(cluster.draft)
        supervision.run(cluster.initdb(), self._timeout)
        cluster.finish()

    def _serve(self, cluster: Cluster, supervision: Supervision, stack: ExitStack) -> None:
        address = self._data.address
        Postmaster.forget(cluster.folder, address.folder, PORT)
        stack.callback(self._data.interrupt)
        deadline = time.monotonic() + self._timeout
        command = cluster.serve(address.folder, self._connections)
        process = stack.enter_context(supervision.running(command))
        if not comes_up(cluster.folder, process, deadline):
            supervision.fail("Postgres did not come up")
        try:
            ensure_database(address.url(), self._timeout)
        except UNREACHABLE as error:
            supervision.fail(f"Postgres takes no connections ({error})")
