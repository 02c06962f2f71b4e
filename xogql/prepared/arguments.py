"""A field's arguments: literals are coerced once, variables are put in for each execution."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputType,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
)
from graphql.utilities.coerce_input_value import coerce_input_literal

from xogql.prepared.coercion import Absent, Coercion, Input, InputPart
from xogql.prepared.doubt import DoubtError, UnknownError

Values: TypeAlias = Mapping[str, object]
"""The variables of one execution, coerced; those that were left out are not in it."""

Value: TypeAlias = Callable[[Values], object]
"""Makes a value; Undefined where there is none."""

Keywords: TypeAlias = Callable[[Values], dict[str, object]]


class Arguments:
    """Compiles what documents give to fields."""

    def __init__(self, coercion: Coercion) -> None:
        self._coercion = coercion

    def of(self, field: GraphQLField, node: FieldNode, keywords: Mapping[str, str]) -> Keywords:
        """Compile the arguments of one field: what makes its resolver's *keywords*.

        Raises:
            UnknownError: if an argument has no keyword, or a type or literal that is not known.
        """
        given = {each.name.value: each.value for each in node.arguments or ()}
        if not keywords.keys() >= field.args.keys() or not field.args.keys() >= given.keys():
            raise UnknownError(node.name.value)
        made = [
            (keywords[name], self._argument(argument, given.get(name)))
            for name, argument in field.args.items()
        ]
        if len(made) == 1:
            return _one(*made[0])
        return _all(made)

    def _argument(self, argument: GraphQLArgument, node: ValueNode | None) -> Value:
        absent = self._coercion.default_of(argument)
        if node is None:
            return _absent(absent)
        return self._given(argument.type, node, absent)

    def _given(self, kind: GraphQLInputType, node: ValueNode, absent: Absent) -> Value:
        """Compile a value where, if its variable is left out, *absent* stands in."""
        if isinstance(node, VariableNode):
            return _variable(node.name.value, absent, required=is_non_null_type(kind))
        return self._literal(kind, node)

    def _literal(self, kind: GraphQLInputType, node: ValueNode) -> Value:
        if not _has_variables(node):
            return self._constant(kind, node)
        if is_non_null_type(kind):
            kind = kind.of_type
        if is_list_type(kind):
            nodes = node.values if isinstance(node, ListValueNode) else (node,)
            return _list([self._given(kind.of_type, each, _null(kind.of_type)) for each in nodes])
        if is_input_object_type(kind) and isinstance(node, ObjectValueNode):
            made, parts = self._coercion.parts_of(kind)
            given = {each.name.value: each.value for each in node.fields}
            values = [(each, self._part(each, given.get(each.name), kind)) for each in parts]
            return _object(made.make, made.absent, values)
        raise UnknownError(kind)

    def _part(self, part: InputPart, node: ValueNode | None, kind: GraphQLInputType) -> Value:
        if node is None:
            return _absent(part.absent)
        if not is_input_object_type(kind):
            raise UnknownError(kind)
        return self._given(kind.fields[part.name].type, node, part.absent)

    def _constant(self, kind: GraphQLInputType, node: ValueNode) -> Value:
        compiled: Input = self._coercion.of(kind)
        value = coerce_input_literal(node, kind)
        if value is Undefined:
            raise UnknownError(node)
        return lambda _values: compiled.coerced(value)


def _has_variables(node: ValueNode) -> bool:
    match node:
        case VariableNode():
            return True
        case ListValueNode(values=values):
            return any(map(_has_variables, values))
        case ObjectValueNode(fields=fields):
            return any(_has_variables(each.value) for each in fields)
        case _:
            return False


def _absent(absent: Absent) -> Value:
    return lambda _values: Undefined if absent is None else absent()


def _null(kind: GraphQLInputType) -> Callable[[], object]:
    """Give what stands for a variable that is left out of a list."""

    def absent() -> object:
        if is_non_null_type(kind):
            raise DoubtError
        return None

    return absent


def _variable(name: str, absent: Absent, *, required: bool) -> Value:
    def value(values: Values) -> object:
        given = values.get(name, Undefined)
        if given is Undefined:
            return Undefined if absent is None else absent()
        if required and given is None:
            raise DoubtError(name)
        return given

    return value


def _list(items: list[Value]) -> Value:
    return lambda values: [each(values) for each in items]


def _object(
    make: Callable[..., object], absent: Mapping[str, object], parts: list[tuple[InputPart, Value]]
) -> Value:
    def value(values: Values) -> object:
        made = {part.keyword: each(values) for part, each in parts}
        given = {keyword: each for keyword, each in made.items() if each is not Undefined}
        return make(**{**absent, **given})

    return value


def _one(keyword: str, value: Value) -> Keywords:
    def made(values: Values) -> dict[str, object]:
        given = value(values)
        return {} if given is Undefined else {keyword: given}

    return made


def _all(arguments: list[tuple[str, Value]]) -> Keywords:
    def made(values: Values) -> dict[str, object]:
        given = {keyword: value(values) for keyword, value in arguments}
        return {keyword: each for keyword, each in given.items() if each is not Undefined}

    return made
