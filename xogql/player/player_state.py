"""A player at a version of their stream."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Nobody:
    """There is no such player."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A player with a username; *sessions*: those not ended, with their ends in seconds."""

    username: str
    sessions: Mapping[UUID, int] = field(default_factory=lambda: MappingProxyType({}))

    def is_in(self, session: UUID) -> bool:
        """Tell whether a session has been neither ended nor forgotten as long expired."""
        return session in self.sessions


Player: TypeAlias = Nobody | Registered
