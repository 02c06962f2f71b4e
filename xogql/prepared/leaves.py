"""Scalars and enums as JSON text: what is plainly right is written, the rest is doubted."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from typing import TypeAlias

import orjson
from graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)

from xogql.prepared.doubt import DoubtError
from xogql.prepared.serialization import quoted

Text: TypeAlias = Callable[[object], str]

NULL = "null"
EXACT = 2**53
"""Integers up to here are floats without loss."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """How values of one type are written.

    *usual*: an expression of the value `{v}` for the usual case, to be continued by `else`;
    `{quoted}` stands for the function. *text* writes any value.
    """

    text: Text
    usual: str | None = None


class EnumTexts(dict[object, str]):
    """The texts of an enum's members, each learned when it is first met."""

    def __init__(self, kind: GraphQLEnumType, *, nullable: bool) -> None:
        super().__init__({None: NULL} if nullable else {})
        self._kind = kind

    def __missing__(self, value: object) -> str:
        name = self._kind.coerce_output_value(value)
        if value is None or name.__class__ is not str:
            raise DoubtError
        text = quoted(name)
        if isinstance(value, Enum):  # the others may be without number
            self[value] = text
        return text


def nullable(text: Text) -> Text:
    """Write null, too."""

    def written(value: object) -> str:
        return NULL if value is None else text(value)

    return written


def _doubted(value: object) -> str:
    raise DoubtError(value)


def _id(value: object) -> str:
    if value.__class__ is not int:
        raise DoubtError(value)
    return f'"{value}"'


def _float(value: object) -> str:
    number = value
    if isinstance(value, int) and value.__class__ is int and -EXACT <= value <= EXACT:
        number = float(value)
    if not isinstance(number, float) or number.__class__ is not float or not isfinite(number):
        raise DoubtError(value)
    return orjson.dumps(number).decode()


def _custom(kind: GraphQLLeafType) -> Text:
    def written(value: object) -> str:
        if value is None or isinstance(value, Exception) or hasattr(value, "__await__"):
            raise DoubtError(value)
        coerced = kind.coerce_output_value(value)
        if coerced.__class__ is str:
            return quoted(coerced)
        if coerced is None or coerced is Undefined:
            raise DoubtError(value)
        return orjson.dumps(coerced).decode()

    return written


_STRING = "{quoted}({v}) if {v}.__class__ is str"
_KNOWN: dict[GraphQLLeafType, Leaf] = {
    GraphQLInt: Leaf(
        _doubted,
        f"str({{v}}) if {{v}}.__class__ is int and {GRAPHQL_MIN_INT} <= {{v}} <= {GRAPHQL_MAX_INT}",
    ),
    GraphQLString: Leaf(_doubted, _STRING),
    GraphQLID: Leaf(_id, _STRING),
    GraphQLBoolean: Leaf(_doubted, "'true' if {v} is True else 'false' if {v} is False"),
    GraphQLFloat: Leaf(_float),
}


def leaf_of(kind: GraphQLLeafType) -> Leaf:
    """Tell how values of a scalar are written; enums have a table of their own (EnumTexts)."""
    return _KNOWN.get(kind) or Leaf(_custom(kind))
