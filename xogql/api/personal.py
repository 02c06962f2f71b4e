"""Which fields are another's for another viewer: of all others one answer is good for everybody."""

from collections.abc import Callable
from typing import Any, TypeVar

from graphql import GraphQLField
from strawberry.types.field import StrawberryField

R = TypeVar("R", bound=Callable[..., Any])

_PERSONAL: set[Callable[..., Any]] = set()
_IMPERSONAL: set[Callable[..., Any]] = set()


def personal(resolver: R) -> R:
    """Mark a resolver that asks the context for the viewer, beyond whether they may ask."""
    _PERSONAL.add(resolver)
    return resolver


def impersonal(resolver: R) -> R:
    """Mark a resolver that takes the context and yet answers everybody alike, without asking who.

    What equal subscribers are told is written once for all of them if it has nothing else.
    """
    _IMPERSONAL.add(resolver)
    return resolver


def is_impersonal(resolver: Callable[..., Any]) -> bool:
    """Tell whether a resolver is known to answer everybody alike."""
    return resolver in _IMPERSONAL


def is_personal(field: GraphQLField) -> bool:
    """Tell whether the answer is the viewer's own."""
    definition = field.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryField) or definition.base_resolver is None:
        return False
    return definition.base_resolver.wrapped_func in _PERSONAL
