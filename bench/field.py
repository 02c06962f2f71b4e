"""Servers side by side: one cluster, and for each server a database and a load generator."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from bench.cluster import Cluster, Database, running_cluster
from bench.generator import Generator, loading
from bench.servers import NOTHING, Server, serving


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server under load."""

    cluster: Cluster
    server: Server
    load: Generator

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.server.name

    @property
    def database(self) -> Database:
        """Return where its events are."""
        return self.server.database

    def measured(self, what: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Have the load do something; add the seconds of CPU that it took here."""
        self.cluster.checkpoint()
        server, postgres = self.server.cpu(), self.cluster.cpu()
        done = self.load.do(what, **arguments)
        used = {"server": self.server.cpu() - server, "postgres": self.cluster.cpu() - postgres}
        return done | used


@contextmanager
def contestant(
    name: str, cluster: Cluster, database: Database, more: Mapping[str, str] = NOTHING
) -> Iterator[Contestant]:
    """Run a server and its load for the block."""
    with serving(name, cluster, database, more) as server, loading(server) as load:
        yield Contestant(cluster, server, load)


@contextmanager
def contest(names: Sequence[str]) -> Iterator[Sequence[Contestant]]:
    """Run these servers for the block, each with an empty database; one is asked at a time."""
    with ExitStack() as stack:
        cluster = stack.enter_context(running_cluster())
        found = []
        for name in names:
            database = stack.enter_context(cluster.database(name, migrated=name == "xogql"))
            found.append(stack.enter_context(contestant(name, cluster, database)))
        yield found
