"""How much one document may ask for: its depth, its aliases, and what its lists come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    parse,
)

from xogql.api.operation_errors import OperationError

LIST = 10
"""How many entries a list is taken to have that does not say."""


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """The most that an operation may come to (see Size), and the tokens of its document."""

    tokens: int = 2_000
    depth: int = 15
    aliases: int = 30
    cost: int = 10_000

    def check(self, size: "Size") -> None:
        """Refuse what is too much.

        Raises:
            OperationError: with the limit and what the operation comes to.
        """
        for name in ("depth", "aliases", "cost"):
            measured, limit = getattr(size, name), getattr(self, name)
            if measured > limit:
                message = f"The operation's {name} is {measured}; at most {limit} is allowed."
                raise _too_large(message, name, limit)

    def parse(self, text: str) -> DocumentNode:
        """Parse a document, no further than its tokens may go.

        Raises:
            GraphQLError: if it has more of them, or is no GraphQL.
        """
        try:
            return parse(text, max_tokens=self.tokens)
        except GraphQLError as error:
            if not error.message.endswith(_ABORTED):
                raise
            message = f"The document has more than {self.tokens} tokens."
            raise _too_large(message, "tokens", self.tokens) from error


_ABORTED = " tokens. Parsing aborted."
"""How the parser's message ends if it has met too many tokens: it has no code for that."""


def _too_large(message: str, measure: str, limit: int) -> OperationError:
    return OperationError("OPERATION_TOO_LARGE", message, measure=measure, limit=limit)


@dataclass(frozen=True, slots=True)
class Size:
    """What an operation comes to.

    *depth*: fields from the root to the deepest leaf; *aliases*: fields given another name;
    *cost*: fields that the answer may have, those in lists counted for each entry.
    """

    depth: int = 0
    aliases: int = 0
    cost: int = 0

    def beside(self, other: "Size") -> "Size":
        """Add what stands at the same level."""
        return Size(
            max(self.depth, other.depth), self.aliases + other.aliases, self.cost + other.cost
        )

    def below(self, *, aliased: bool, entries: int) -> "Size":
        """Give the size of a field with this below it."""
        return Size(1 + self.depth, aliased + self.aliases, 1 + entries * self.cost)


class Measure:
    """Measures each fragment once, however often it is spread: a few could stand for millions."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
    ) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self._sizes: dict[str, Size] = {}
        self._defaults: Mapping[str, int] = {}
        self.depends = False
        """Whether other variables could give another size."""

    def of(self, operation: OperationDefinitionNode) -> Size:
        """Measure an operation of the document, which is valid."""
        self._defaults = {
            each.variable.name.value: int(each.default_value.value)
            for each in operation.variable_definitions or ()
            if isinstance(each.default_value, IntValueNode)
        }
        root = self._schema.get_root_type(operation.operation)
        return self._selected(root, operation.selection_set)

    def _selected(
        self,
        parent: GraphQLNamedType | None,
        selections: SelectionSetNode | None,
        *,
        paged: bool = False,
    ) -> Size:
        """Measure selected fields; of a *paged* field its `first` has counted the lists."""
        total = Size()
        for each in () if selections is None else selections.selections:
            match each:
                case FieldNode():
                    total = total.beside(self._field(parent, each, paged=paged))
                case InlineFragmentNode():
                    narrowed = self._narrowed(each.type_condition) or parent
                    total = total.beside(self._selected(narrowed, each.selection_set, paged=paged))
                case FragmentSpreadNode():
                    total = total.beside(self._fragment(each.name.value))
                case _:
                    raise TypeError(each)
        return total

    def _fragment(self, name: str) -> Size:
        if name not in self._sizes:
            fragment = self._fragments[name]
            narrowed = self._narrowed(fragment.type_condition)
            self._sizes[name] = self._selected(narrowed, fragment.selection_set)
        return self._sizes[name]

    def _field(self, parent: GraphQLNamedType | None, node: FieldNode, *, paged: bool) -> Size:
        aliased = node.alias is not None
        field: GraphQLField | None = None
        if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            field = parent.fields.get(node.name.value)
        if field is None:  # introspection: what it asks for is bounded by the schema
            return Size().below(aliased=aliased, entries=0)
        kind = get_named_type(field.type)
        below = self._selected(kind, node.selection_set, paged="first" in field.args)
        entries = 1 if paged else self._entries(field, node)
        return below.below(aliased=aliased, entries=entries)

    def _narrowed(self, condition: NamedTypeNode | None) -> GraphQLNamedType | None:
        return None if condition is None else self._schema.type_map.get(condition.name.value)

    def _entries(self, field: GraphQLField, node: FieldNode) -> int:
        """Tell how many entries a field may have: what `first` says, where it takes one."""
        if "first" not in field.args:
            return LIST if is_list_type(get_nullable_type(field.type)) else 1
        given = {each.name.value: each.value for each in node.arguments or ()}.get("first")
        first: object = field.args["first"].default_value
        if isinstance(given, IntValueNode):
            first = int(given.value)
        elif isinstance(given, VariableNode):
            self.depends = True
            name = given.name.value
            first = self._variables.get(name, self._defaults.get(name, first))
        if isinstance(first, float) and first.is_integer():  # GraphQL's Int takes it too
            first = int(first)
        return max(1, first) if isinstance(first, int) else LIST
