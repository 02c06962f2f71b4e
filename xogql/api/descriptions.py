"""One text for two readers: a docstring is the description in the schema too.

Strawberry leaves docstrings out on purpose (its issue 391).
"""

import inspect
from collections.abc import Iterable, Mapping
from enum import Enum
from types import ModuleType

import strawberry
from strawberry.types.base import StrawberryObjectDefinition, has_object_definition


def describe(modules: Iterable[ModuleType]) -> None:
    """Copy the docstrings of the GraphQL types of these *modules*, and of their resolvers."""
    for module in modules:
        for each in vars(module).values():
            if isinstance(each, type) and has_object_definition(each):
                _describe(each.__strawberry_definition__, each)


def _describe(definition: StrawberryObjectDefinition, origin: type) -> None:
    definition.description = definition.description or inspect.getdoc(origin)
    for field in definition.fields:
        if field.description is None and field.base_resolver is not None:
            field.description = inspect.getdoc(field.base_resolver.wrapped_func)


def enum_of(
    kind: type[Enum], description: str, *, values: Mapping[str, str], name: str | None = None
) -> None:
    """Make a domain enum one of GraphQL's, with a description for each value, by name.

    Raises:
        KeyError: if a value has none.
    """
    strawberry.enum(kind, name=name, description=description)
    for value in kind.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = values[value.name]
