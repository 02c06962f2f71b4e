"""How a schema's types and fields are met in Python: what graphql-core's schema cannot tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from graphql import GraphQLAbstractType, GraphQLInputObjectType, GraphQLObjectType


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field that is an attribute of the object."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A field that is what a function gives: `function(object, context, **arguments)`.

    *contextual*: whether it takes the context; *is_impersonal*: whether it then gives the same for
    every context; *is_async*: whether its result is awaited; *arguments*: the keyword of each
    argument, by its name in GraphQL. At a root the object is None.
    At the root of a subscription the function gives an asynchronous generator, at once, and what
    that yields are the field's values.
    """

    function: Callable[..., object]
    contextual: bool = False
    is_impersonal: bool = False
    is_async: bool = False
    arguments: Mapping[str, str] = field(default_factory=dict)


Way: TypeAlias = Attribute | Call


@dataclass(frozen=True, slots=True)
class InputClass:
    """What becomes of an input object: `make(**fields)`.

    *keywords*: of the fields, by their names in GraphQL; *absent*: what `make` shall be given for
    fields that are left out and have no default in the schema, where it shall be given something.
    """

    make: Callable[..., object]
    keywords: Mapping[str, str]
    absent: Mapping[str, object] = field(default_factory=dict)


class Bindings(Protocol):
    """Tells what a schema's types and fields are in Python.

    None, or False, says that this is not known, or not so simple: whatever needs it is left to
    graphql-core. What is told must be exact: the bare function does all that the field's resolver
    does, guards included.
    """

    def object_class(self, kind: GraphQLObjectType) -> type | None:
        """Give the class of this type's objects: whatever is of it can be nothing else."""

    def told_by_class(self, kind: GraphQLAbstractType) -> bool:
        """Tell whether an object's class alone says which of the possible types it has."""

    def way_to(self, parent: GraphQLObjectType, name: str) -> Way | None:
        """Tell how a field comes from an object of the type that has it."""

    def input_class(self, kind: GraphQLInputObjectType) -> InputClass | None:
        """Tell what resolvers are given for such an input object."""
