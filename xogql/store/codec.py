"""Events as JSON and back; old forms are brought up to date while they are read."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, TypeAlias, TypeVar, get_args

from pydantic import TypeAdapter

from xogql import game, player

E = TypeVar("E")

Event: TypeAlias = game.Event | player.Event

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the data of one form into the data of the next."""


class UnknownEventError(Exception):
    """The log holds an event that this release does not know: a newer one wrote it."""

    def __init__(self, name: str, schema_version: int) -> None:
        super().__init__(f"{self.__doc__} ({name}, form {schema_version})")


class Category(Generic[E]):
    """The streams of one kind: how their names begin and how their events are written.

    *kinds*: every event type, the arguments of their union.
    *upcasters*: by type, from the first form on, in order.
    """

    def __init__(
        self,
        prefix: str,
        kinds: Sequence[type[E]],
        upcasters: Mapping[str, Sequence[Upcaster]] | None = None,
    ) -> None:
        self.prefix = prefix
        self.kinds = tuple(kinds)
        self._adapters = {kind.__name__: TypeAdapter[E](kind) for kind in kinds}
        self._upcasters = upcasters or {}

    def schema_version(self, name: str) -> int:
        """Tell which form events of the type *name* are written in today, from 1."""
        return 1 + len(self._upcasters.get(name, ()))

    def encode(self, event: E) -> tuple[str, int, str]:
        """Write *event* as its type, form and JSON text."""
        name = type(event).__name__
        data = self._adapters[name].dump_json(event).decode()
        return name, self.schema_version(name), data

    def decode(self, name: str, schema_version: int, data: str) -> E:
        """Read an event of any form that was ever released.

        Raises:
            UnknownEventError: if this release knows no such type or form.
        """
        adapter = self._adapters.get(name)
        if adapter is None or not 1 <= schema_version <= self.schema_version(name):
            raise UnknownEventError(name, schema_version)
        pending = self._upcasters.get(name, ())[schema_version - 1 :]
        if not pending:
            return adapter.validate_json(data)
        values = json.loads(data)
        for upcast in pending:
            values = upcast(values)
        return adapter.validate_python(values)


GAMES: Category[game.Event] = Category("game", get_args(game.Event))
PLAYERS: Category[player.Event] = Category("player", get_args(player.Event))


def fingerprint(command: object) -> int:
    """Tell a command's payload from another's in 64 bits; what does not compare is left out.

    Raises:
        TypeError: if *command* is no dataclass.
    """
    kind = type(command)
    text = ascii((kind.__name__, [(each, getattr(command, each)) for each in _compared(kind)]))  # type: ignore[arg-type] # classes hash
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


@cache
def _compared(kind: type[Any]) -> Sequence[str]:
    if not is_dataclass(kind):
        raise TypeError(kind)
    return [each.name for each in fields(kind) if each.compare]
