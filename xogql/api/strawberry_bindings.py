"""Bindings of a Strawberry schema: what its fields do between graphql-core and our functions."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from typing import Any

import strawberry
from graphql import GraphQLAbstractType, GraphQLInputObjectType, GraphQLObjectType
from strawberry.relay import GlobalID
from strawberry.types.base import (
    StrawberryContainer,
    StrawberryMaybe,
    StrawberryObjectDefinition,
)
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver
from strawberry.types.lazy_type import LazyType

from xogql.api.personal import is_impersonal
from xogql.prepared import Attribute, Call, InputClass, Way

_BACK = "strawberry-definition"


class StrawberryBindings:
    """Knows plain fields and resolvers; leaves alone whatever has extensions or permissions.

    Bare resolvers are given an `info` of which the context is all that can be asked.
    """

    def __init__(self, schema: strawberry.Schema) -> None:
        self._names = schema.config.name_converter
        self._plain = schema.config.default_resolver is getattr

    def object_class(self, kind: GraphQLObjectType) -> type | None:
        """See Bindings."""
        definition = _definition(kind.extensions)
        if definition is None or definition.is_type_of or definition.concrete_of:
            return None
        return None if definition.is_graphql_generic else definition.origin

    def told_by_class(self, kind: GraphQLAbstractType) -> bool:
        """See Bindings."""
        definition = kind.extensions.get(_BACK)
        return definition is not None and getattr(definition, "resolve_type", None) is None

    def way_to(self, parent: GraphQLObjectType, name: str) -> Way | None:
        """See Bindings."""
        field = parent.fields[name].extensions.get(_BACK)
        if not isinstance(field, StrawberryField) or field.extensions or field.permission_classes:
            return None
        if field.base_resolver is None:
            return Attribute(field.python_name) if self._plain else None
        return self._call(field, field.base_resolver)

    def input_class(self, kind: GraphQLInputObjectType) -> InputClass | None:
        """See Bindings."""
        definition = _definition(kind.extensions)
        if definition is None or definition.from_input is not None:
            return None
        if any(_is_converted(each.type) for each in definition.fields):
            return None
        keywords = {self._names.from_field(each): each.python_name for each in definition.fields}
        absent = {
            each.python_name: None
            for each in definition.fields
            if each.default_value is MISSING and each.default_factory is MISSING
        }
        return InputClass(definition.origin, keywords, absent)

    def _call(self, field: StrawberryField, resolver: StrawberryResolver[Any]) -> Call | None:
        if resolver.root_parameter or resolver.parent_parameter:
            return None
        if any(_is_converted(each.type) for each in field.arguments):
            return None
        arguments = {self._names.from_argument(each): each.python_name for each in field.arguments}
        takes_self, info = resolver.self_parameter is not None, resolver.info_parameter
        function: Any = resolver.wrapped_func
        if info is None and takes_self:
            return Call(function, is_async=resolver.is_async, arguments=arguments)
        bare = _bare(function, info.name if info else None, takes_self=takes_self)
        return Call(
            bare,
            contextual=True,
            is_impersonal=is_impersonal(function),
            is_async=resolver.is_async and not field.is_subscription,
            arguments=arguments,
        )


class _Info:
    """As much of Strawberry's info as bare resolvers may ask for."""

    __slots__ = ("context",)

    def __init__(self, context: object) -> None:
        self.context = context


def _bare(
    function: Callable[..., object], info: str | None, *, takes_self: bool
) -> Callable[..., object]:
    def call(source: object, context: object, **arguments: object) -> object:
        if info is not None:
            arguments[info] = _Info(context)
        return function(source, **arguments) if takes_self else function(**arguments)

    return call


def _definition(extensions: Mapping[str, object]) -> StrawberryObjectDefinition | None:
    found = extensions.get(_BACK)
    return found if isinstance(found, StrawberryObjectDefinition) else None


def _is_converted(kind: object) -> bool:
    """Tell whether Strawberry makes something of values of a type that a plan does not."""
    if isinstance(kind, StrawberryMaybe | LazyType) or kind is GlobalID:
        return True
    return isinstance(kind, StrawberryContainer) and _is_converted(kind.of_type)
