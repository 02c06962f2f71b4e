"""From a document to a plan."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)

from xogql.prepared.arguments import Arguments
from xogql.prepared.bindings import Bindings, Call
from xogql.prepared.coercion import Coercion
from xogql.prepared.doubt import UnknownError
from xogql.prepared.emitters import Emitters
from xogql.prepared.following import Subscription
from xogql.prepared.holes import Complete, Run
from xogql.prepared.judge import Judge
from xogql.prepared.plan import Operation, Plan, Variant
from xogql.prepared.roots import Root
from xogql.prepared.selections import Selections, flags_in
from xogql.prepared.serialization import quoted
from xogql.prepared.source import Source
from xogql.prepared.variables import variables_of

FLAGS = 4
"""How many variables may decide what is selected: each doubles the plans of an operation."""

LINES = 2_000
"""How long generated code may get."""


class Compiler:
    """Makes plans for one schema."""

    def __init__(self, schema: GraphQLSchema, bindings: Bindings) -> None:
        self._schema = schema
        self._bindings = bindings
        self._coercion = Coercion(bindings)
        self._arguments = Arguments(self._coercion)

    def plan(
        self, document: DocumentNode, operation_name: str | None = None
    ) -> Plan | Subscription:
        """Compile an operation of a document, which is valid.

        Raises:
            UnknownError: if something in it must be left to graphql-core.
        """
        with _unknown():
            return self._plan(document, operation_name)

    def _plan(self, document: DocumentNode, name: str | None) -> Plan | Subscription:
        node = _operation(document, name)
        fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        flags = flags_in(node.selection_set, fragments)
        if node.directives or len(flags) > FLAGS:
            raise UnknownError(name)
        variants = _Variants(self, node, fragments)
        operation = Operation(
            Judge(self._schema, document, name),
            variables_of(self._schema, node.variable_definitions or (), self._coercion),
            flags,
            variants.compile,
        )
        operation.choose((True,) * len(flags))
        if node.operation is OperationType.SUBSCRIPTION:
            return Subscription(operation)
        return Plan(operation, serial=node.operation is OperationType.MUTATION)

    def emitters(
        self, fragments: Mapping[str, FragmentDefinitionNode], flags: Mapping[str, object]
    ) -> Emitters:
        """Begin the code of a variant."""
        selections = Selections(self._schema, fragments, flags)
        return Emitters(self._schema, self._bindings, selections, self._arguments, Source(LINES))

    def root(self, operation: OperationType) -> GraphQLObjectType:
        """Give the type at the root of an operation.

        Raises:
            UnknownError: if there is none.
        """
        kind = self._schema.get_root_type(operation)
        if kind is None:
            raise UnknownError(operation)
        return kind

    def way_from_root(self, kind: GraphQLObjectType, name: str) -> tuple[GraphQLField, Call]:
        """Give a field at the root, and its function.

        Raises:
            UnknownError: if it has none.
        """
        field = kind.fields.get(name)
        way = None if field is None else self._bindings.way_to(kind, name)
        if field is None or not isinstance(way, Call):
            raise UnknownError(name)
        return field, way


@dataclass(frozen=True, slots=True)
class _Variants:
    """Compiles an operation, for whatever its flags say."""

    compiler: Compiler
    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]

    def compile(self, flags: Mapping[str, object]) -> Variant:
        """Compile it for these flags.

        Raises:
            UnknownError: if something in it must be left to graphql-core.
        """
        with _unknown():
            kind = self.compiler.root(self.node.operation)
            emitters = self.compiler.emitters(self.fragments, flags)
            selected = emitters.selections.of(kind, [self.node.selection_set])
            drafts = [self._draft(kind, emitters, *each) for each in selected.items()]
            if self.node.operation is OperationType.SUBSCRIPTION:
                _check_one(drafts)
            names = emitters.source.load()
        has_slot = [each.slot is not None for each in drafts]
        return Variant(
            [each.root(names) for each in drafts],
            emitters.arguments,
            is_impersonal=emitters.is_impersonal,
            has_nested_arguments=len(emitters.arguments) > sum(has_slot),
        )

    def _draft(
        self, kind: GraphQLObjectType, emitters: Emitters, key: str, nodes: list[FieldNode]
    ) -> "_Draft":
        name = nodes[0].name.value
        if name == "__typename":
            return _Draft(key, kind, None, None, "")
        field, way = self.compiler.way_from_root(kind, name)
        slot = emitters.slot(field, nodes[0], way)
        return _Draft(key, kind, way, slot, emitters.completer(field.type, nodes))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A field at the root, before the code that completes it is loaded."""

    key: str
    kind: GraphQLObjectType
    way: Call | None
    slot: int | None
    completer: str

    def root(self, names: Mapping[str, object]) -> Root:
        head = f"{quoted(self.key)}:"
        if self.way is None:
            name = quoted(self.kind.name)
            return Root(self.key, head, None, is_async=False, complete=lambda _value, _run: name)
        call, complete = _caller(self.way, self.slot), cast("Complete", names[self.completer])
        return Root(self.key, head, call, is_async=self.way.is_async, complete=complete)


def _check_one(drafts: list[_Draft]) -> None:
    if len(drafts) != 1 or drafts[0].way is None:
        raise UnknownError(drafts)


def _caller(way: Call, slot: int | None) -> Callable[[Run], object]:
    function = way.function
    if slot is None:
        if way.contextual:
            return lambda run: function(None, run.context)
        return lambda _run: function(None)
    if way.contextual:
        return lambda run: function(None, run.context, **run.arguments[slot])
    return lambda run: function(None, **run.arguments[slot])


@contextmanager
def _unknown() -> Iterator[None]:
    """Take what goes wrong in a document that is not valid, or too large, for not known."""
    try:
        yield
    except (LookupError, OverflowError, RecursionError, TypeError) as error:
        raise UnknownError from error


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    found = [
        each
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode)
        and (name is None or (each.name is not None and each.name.value == name))
    ]
    if len(found) != 1:
        raise UnknownError(name)
    return found[0]
