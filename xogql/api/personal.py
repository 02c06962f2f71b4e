"""Which fields are another's for another viewer: of all others one answer is good for everybody."""

from collections.abc import Callable
from typing import Any, TypeVar

from graphql import GraphQLField
from strawberry.types.field import StrawberryField

R = TypeVar("R", bound=Callable[..., Any])

_PERSONAL: set[Callable[..., Any]] = set()


def personal(resolver: R) -> R:
    """Mark a resolver that asks the context for the viewer, beyond whether they may ask."""
    _PERSONAL.add(resolver)
    return resolver


def is_personal(field: GraphQLField) -> bool:
    """Tell whether the answer is the viewer's own."""
    definition = field.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryField) or definition.base_resolver is None:
        return False
    return definition.base_resolver.wrapped_func in _PERSONAL
