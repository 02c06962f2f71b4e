"""Input values as resolvers take them, coerced as graphql-core coerces them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

from graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.utilities.coerce_input_value import coerce_default_value

from xogql.prepared.bindings import Bindings, InputClass
from xogql.prepared.doubt import DoubtError, UnknownError
from xogql.prepared.leaves import EXACT

Coerce: TypeAlias = Callable[[object], object]

Absent: TypeAlias = Callable[[], object] | None
"""Makes what stands for a value that is left out; None: nothing does."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input type. *given* takes what JSON has; *coerced* what graphql-core has made of it."""

    given: Coerce
    coerced: Coerce


@dataclass(frozen=True, slots=True)
class InputPart:
    """A field of an input object.

    *key*: its name in graphql-core's coerced dict.
    """

    name: str
    key: str
    keyword: str
    input: Input
    absent: Absent


class Coercion:
    """The input types of a schema, each compiled when it is first needed."""

    def __init__(self, bindings: Bindings) -> None:
        self._bindings = bindings
        self._named: dict[str, Input | None] = {}

    def of(self, kind: GraphQLInputType) -> Input:
        """Compile a type.

        Raises:
            UnknownError: if it is recursive, or one of a kind that is not known here.
        """
        if is_non_null_type(kind):
            return self._nullable(kind.of_type)
        inner = self._nullable(kind)
        return Input(_or_null(inner.given), _or_null(inner.coerced))

    def _nullable(self, kind: GraphQLInputType) -> Input:
        """Compile a type for values that are not null."""
        if is_list_type(kind):
            item = self.of(kind.of_type)
            return Input(_list_of(item.given), _list_of(item.coerced))
        if is_leaf_type(kind):
            return Input(_leaf(kind), _same)
        if not is_input_object_type(kind):
            raise UnknownError(kind)
        if kind.name not in self._named:
            self._named[kind.name] = None
            self._named[kind.name] = self._object(kind)
        known = self._named[kind.name]
        if known is None:
            raise UnknownError(kind)
        return known

    def parts_of(self, kind: GraphQLInputObjectType) -> tuple[InputClass, list[InputPart]]:
        """Tell what an input object is made of.

        Raises:
            UnknownError: if its bindings do not say.
        """
        made = self._bindings.input_class(kind)
        plain = kind.out_type is GraphQLInputObjectType.out_type and not kind.is_one_of
        if made is None or not plain or not made.keywords.keys() >= kind.fields.keys():
            raise UnknownError(kind)
        return made, [
            InputPart(
                name,
                field.out_name or name,
                made.keywords[name],
                self.of(field.type),
                self.default_of(field),
            )
            for name, field in kind.fields.items()
        ]

    def default_of(self, place: GraphQLArgument | GraphQLInputField) -> Absent:
        """Give what makes a value for an argument or field that is left out."""
        default = coerce_default_value(place)
        if default is not Undefined:
            return _remade(self.of(place.type), default)
        return doubted if is_non_null_type(place.type) else None

    def _object(self, kind: GraphQLInputObjectType) -> Input:
        made, parts = self.parts_of(kind)
        return Input(_object_given(made, parts), _object_coerced(made, parts))


def _remade(compiled: Input, coerced: object) -> Callable[[], object]:
    """Make a value anew each time: whoever is given it may change it."""
    return lambda: compiled.coerced(coerced)


def doubted() -> object:
    """Make nothing: a value that must be there is left out.

    Raises:
        DoubtError: always.
    """
    raise DoubtError


def _same(value: object) -> object:
    return value


def _or_null(coerce: Coerce) -> Coerce:
    def coerced(value: object) -> object:
        return None if value is None else coerce(value)

    return _same if coerce is _same else coerced


def _list_of(coerce: Coerce) -> Coerce:
    def coerced(value: object) -> object:
        if not isinstance(value, list):
            raise DoubtError(value)
        return [coerce(each) for each in value]

    return coerced


def _object_given(made: InputClass, parts: list[InputPart]) -> Coerce:
    slots = [(each.name, each.keyword, each.input.given, each.absent) for each in parts]
    make, absent_fields = made.make, dict(made.absent)

    def coerced(value: object) -> object:
        if not isinstance(value, dict):
            raise DoubtError(value)
        fields, known = absent_fields.copy(), 0
        for name, keyword, coerce, absent in slots:
            if name in value:
                known += 1
                fields[keyword] = coerce(value[name])
            elif absent is not None:
                fields[keyword] = absent()
        if known != len(value):
            raise DoubtError(value)
        return make(**fields)

    return coerced


def _object_coerced(made: InputClass, parts: list[InputPart]) -> Coerce:
    def coerced(value: object) -> object:
        if not isinstance(value, Mapping):
            raise DoubtError(value)
        given = {
            each.keyword: each.input.coerced(value[each.key]) for each in parts if each.key in value
        }
        return made.make(**{**made.absent, **given})

    return coerced


def _leaf(kind: GraphQLLeafType) -> Coerce:
    known = _KNOWN.get(kind)
    if known is not None:
        return known
    if isinstance(kind, GraphQLEnumType):
        return _member(kind)
    return _custom(kind)


def _member(kind: GraphQLEnumType) -> Coerce:
    members = {name: kind.coerce_input_value(name) for name in kind.values}

    def coerced(value: object) -> object:
        if value.__class__ is not str:
            raise DoubtError(value)
        return members[value]

    return coerced


def _custom(kind: GraphQLScalarType) -> Coerce:
    def coerced(value: object) -> object:
        given = Undefined if value is None else kind.coerce_input_value(value)
        if given is Undefined:
            raise DoubtError(value)
        return given

    return coerced


def _int(value: object) -> object:
    if value.__class__ is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT:
        return value
    raise DoubtError(value)


def _float(value: object) -> object:
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, int) and value.__class__ is int and -EXACT <= value <= EXACT:
        return float(value)
    raise DoubtError(value)


def _string(value: object) -> object:
    if value.__class__ is str:
        return value
    raise DoubtError(value)


def _id(value: object) -> object:
    if value.__class__ is str:
        return value
    if value.__class__ is int:
        return str(value)
    raise DoubtError(value)


def _boolean(value: object) -> object:
    if value is True or value is False:
        return value
    raise DoubtError(value)


_KNOWN: dict[GraphQLLeafType, Coerce] = {
    GraphQLInt: _int,
    GraphQLFloat: _float,
    GraphQLString: _string,
    GraphQLID: _id,
    GraphQLBoolean: _boolean,
}
