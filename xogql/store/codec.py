"""Events as JSON and back; old forms are brought up to date while they are read."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
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


def _later(kind: type[Any]) -> Mapping[str, object]:
    """Give the fields that came later than their class, with their defaults."""
    return {each.name: each.default for each in fields(kind) if each.default is not MISSING}


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
        self._later = {kind.__name__: later for kind in kinds if (later := _later(kind))}
        self._upcasters = upcasters or {}

    def schema_version(self, name: str) -> int:
        """Tell which form events of the type *name* are written in today, from 1."""
        return 1 + len(self._upcasters.get(name, ()))

    def encode(self, event: E) -> tuple[str, int, str]:
        """Write *event* as its type, form and JSON text.

        A field with a default came later than its event: it is written when it says something, so
        that older releases read whatever they have always read.
        """
        name = type(event).__name__
        serializer, silent = self._adapters[name].serializer, None
        if later := self._later.get(name):
            silent = {each for each in later if getattr(event, each) == later[each]}
        data = serializer.to_json(event, exclude=silent or None).decode()
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

    So is a later field that has its default: a command that was sent before an upgrade is the same
    when it is sent again after it.

    Raises:
        TypeError: if *command* is no dataclass.
    """
    kind = type(command)
    said = []
    for name, head, default in _compared(kind):  # type: ignore[arg-type] # classes hash
        value = getattr(command, name)
        if default is MISSING or value != default:
            said.append(f"{head}{value!a})")
    text = f"({kind.__name__!a}, [{', '.join(said)}])"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


@cache
def _compared(kind: type[Any]) -> Sequence[tuple[str, str, object]]:
    """Give the fields that compare: their names, how what they say begins, their defaults."""
    if not is_dataclass(kind):
        raise TypeError(kind)
    return [(each.name, f"({each.name!a}, ", each.default) for each in fields(kind) if each.compare]
