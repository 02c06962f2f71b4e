"""An operation's variables: what a client sends, coerced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    GraphQLSchema,
    Undefined,
    VariableDefinitionNode,
    is_input_type,
    is_non_null_type,
)
from graphql.utilities import type_from_ast
from graphql.utilities.coerce_input_value import coerce_input_literal

from xogql.prepared.coercion import Absent, Coerce, Coercion, doubted
from xogql.prepared.doubt import UnknownError


@dataclass(frozen=True, slots=True)
class Variable:
    """One that an operation declares."""

    name: str
    coerce: Coerce
    absent: Absent


@dataclass(frozen=True, slots=True)
class Variables:
    """All that an operation declares."""

    declared: Sequence[Variable]

    def coerced(self, given: Mapping[str, object]) -> dict[str, object]:
        """Coerce a client's values; those left out that have no default stay out.

        Raises:
            DoubtError: if one is not plainly right; other errors say the same.
        """
        values = {}
        for each in self.declared:
            if each.name in given:
                values[each.name] = each.coerce(given[each.name])
            elif each.absent is not None:
                values[each.name] = each.absent()
        return values


def variables_of(
    schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode], coercion: Coercion
) -> Variables:
    """Compile an operation's variables.

    Raises:
        UnknownError: if one has a type that is not known, or a directive.
    """
    return Variables([_variable(schema, each, coercion) for each in definitions])


def _variable(schema: GraphQLSchema, node: VariableDefinitionNode, coercion: Coercion) -> Variable:
    name, kind = node.variable.name.value, type_from_ast(schema, node.type)
    if not is_input_type(kind) or node.directives:
        raise UnknownError(name)
    compiled = coercion.of(kind)
    if node.default_value is None:
        return Variable(name, compiled.given, doubted if is_non_null_type(kind) else None)
    default = coerce_input_literal(node.default_value, kind)
    if default is Undefined:
        raise UnknownError(name)
    return Variable(name, compiled.given, lambda: compiled.coerced(default))
