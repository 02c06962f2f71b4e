"""The fields that a selection comes to for one type of object (GraphQL, CollectFields)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from xogql.prepared.doubt import UnknownError

Selected: TypeAlias = dict[str, list[FieldNode]]


@dataclass(frozen=True, slots=True)
class Selections:
    """Collects a document's fields, with its *flags* (variables of @skip, @include) decided."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    flags: Mapping[str, object]

    def of(self, kind: GraphQLObjectType, sets: Iterable[SelectionSetNode | None]) -> Selected:
        """Collect what these sets select from an object, by the keys of the answer.

        Raises:
            UnknownError: if a directive stands there that is neither @skip nor @include.
        """
        selected: Selected = {}
        visited: set[str] = set()
        for each in sets:
            for node in self._fields(kind, each, visited):
                key = node.alias.value if node.alias else node.name.value
                selected.setdefault(key, []).append(node)
        return selected

    def _fields(
        self, kind: GraphQLObjectType, selections: SelectionSetNode | None, visited: set[str]
    ) -> Iterator[FieldNode]:
        for node in () if selections is None else selections.selections:
            if not self._included(node.directives or ()):
                continue
            match node:
                case FieldNode():
                    yield node
                case InlineFragmentNode():
                    if self._matches(node.type_condition, kind):
                        yield from self._fields(kind, node.selection_set, visited)
                case FragmentSpreadNode():
                    yield from self._spread(kind, node.name.value, visited)
                case other:
                    raise UnknownError(other)

    def _spread(self, kind: GraphQLObjectType, name: str, visited: set[str]) -> Iterator[FieldNode]:
        fragment = self.fragments[name]
        if fragment.directives or fragment.variable_definitions:
            raise UnknownError(name)
        if name not in visited and self._matches(fragment.type_condition, kind):
            visited.add(name)
            yield from self._fields(kind, fragment.selection_set, visited)

    def _matches(self, condition: NamedTypeNode | None, kind: GraphQLObjectType) -> bool:
        if condition is None or condition.name.value == kind.name:
            return True
        named = self.schema.type_map[condition.name.value]
        return is_abstract_type(named) and self.schema.is_sub_type(named, kind)

    def _included(self, directives: Sequence[DirectiveNode]) -> bool:
        said = {"skip": False, "include": True}
        for each in directives:
            if each.name.value not in said:
                raise UnknownError(each.name.value)
            said[each.name.value] = self._decided(each)
        return said["include"] and not said["skip"]

    def _decided(self, directive: DirectiveNode) -> bool:
        match condition_of(directive):
            case BooleanValueNode(value=value):
                return value
            case VariableNode(name=name):
                return bool(self.flags[name.value])
            case other:
                raise UnknownError(other)


def condition_of(directive: DirectiveNode) -> object:
    """Give the value of `if`, the one argument of @skip and @include."""
    return directive.arguments[0].value if directive.arguments else None


def flags_in(
    selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...]:
    """Name the variables that decide what is selected, in some lasting order."""
    flags: dict[str, None] = {}
    sets, visited = [selections], set[str]()
    while sets:
        for node in sets.pop().selections:
            conditions = [condition_of(each) for each in node.directives or ()]
            flags |= {
                each.name.value: None for each in conditions if isinstance(each, VariableNode)
            }
            if isinstance(node, FragmentSpreadNode) and node.name.value not in visited:
                visited.add(node.name.value)
                sets.append(fragments[node.name.value].selection_set)
            elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
                sets.append(node.selection_set)
    return tuple(flags)
