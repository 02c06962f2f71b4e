"""A subscription without a task: told what an audience is told, under the id its client gave it."""

from typing import Any, Protocol

from xogql.api.execution import Prepared
from xogql.api.wires import Wire
from xogql.live.audiences import Audience
from xogql.prepared import serialized


class Keeper(Protocol):
    """Who keeps a client's operations. None of these ever raises."""

    def catch_up(self, follower: "Follower") -> None:
        """Go on with it in a task: its client has not taken what it was told."""
        ...

    def complete(self, follower: "Follower") -> None:
        """Say that nothing more comes."""
        ...

    def break_off(self, follower: "Follower", fault: Exception) -> None:
        """Say that it cannot go on."""
        ...


class Follower:
    """A Member of an audience. *after*: the version that its client was told last."""

    __slots__ = ("_audience", "_head", "_keeper", "_wire", "after", "name", "prepared")

    def __init__(
        self, keeper: Keeper, wire: Wire, name: str, prepared: Prepared, after: int
    ) -> None:
        self.name = name
        self.prepared = prepared
        self.after = after
        self._keeper = keeper
        self._wire = wire
        self._head = b'{"type":"next","id":%b,"payload":' % serialized(name)
        self._audience: Audience[Any] | None = None

    def sit(self, audience: Audience[Any]) -> None:
        """Be one of an audience."""
        self._audience = audience

    def leave(self) -> None:
        """Be told nothing more."""
        if self._audience is not None:
            self._audience.leave(self)

    def tell(self, text: bytes) -> bool:
        """See Member."""
        if not self._wire.writable.is_set():
            self._keeper.catch_up(self)
            return False
        self._wire.write(b"%b%b}" % (self._head, text))
        return True

    def finish(self) -> None:
        """See Member."""
        self._keeper.complete(self)

    def fail(self, fault: Exception) -> None:
        """See Member."""
        self._keeper.break_off(self, fault)
