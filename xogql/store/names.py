"""The names of streams, which are the ids of games and players everywhere: `game-<uuid>`."""

from typing import Any
from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

from xogql.store.codec import Category

_SPACE = UUID("6f1ad0b4-0c9b-4d2e-9f0e-0f6c1c7e2f55")


def new_name(category: Category[Any]) -> str:
    """Make a name that no stream has: UUIDv7 (RFC 9562), so that new streams stand together."""
    return f"{category.prefix}-{uuid7()}"


def name_made_by(category: Category[Any], actor: str, command_id: UUID) -> str:
    """Make the one name that this command of this actor leads to, on any process, however often."""
    return f"{category.prefix}-{uuid5(_SPACE, f'{actor} {command_id}')}"


def name_after(category: Category[Any], name: str) -> str:
    """Make the one name of the stream that follows on this one, on any process, however often."""
    return f"{category.prefix}-{uuid5(_SPACE, f'after {name}')}"


def name_known_as(category: Category[Any], known_as: str) -> str:
    """Make the one name of what is there from the beginning, the same in every log."""
    return f"{category.prefix}-{uuid5(_SPACE, known_as)}"


def is_name(category: Category[Any], text: str) -> bool:
    """Tell whether *text* is written as the names of this category are."""
    prefix, _, rest = text.partition("-")
    try:
        return prefix == category.prefix and str(UUID(rest)) == rest
    except ValueError:
        return False
