"""A player at a version of their stream."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID


class Kind(StrEnum):
    """What a player is."""

    MEMBER = "MEMBER"
    GUEST = "GUEST"
    HOUSE = "HOUSE"


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is no such player."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A player with a username; *sessions*: those not ended, with their ends in seconds."""

    username: str
    kind: Kind = Kind.MEMBER
    sessions: Mapping[UUID, int] = field(default_factory=lambda: MappingProxyType({}))

    def is_in(self, session: UUID) -> bool:
        """Tell whether a session has been neither ended nor forgotten as long expired."""
        return session in self.sessions


@dataclass(frozen=True, slots=True)
class Departed:
    """A guest who is there no more."""


Player: TypeAlias = Nobody | Registered | Departed
