"""Generated functions that write objects as JSON text, one for each object that a document selects.

Each is `f(o, r)`: an object and the run in, text out. What they look like:

    def f1(o, r):
        if o.__class__ is not c2: raise c3
        v0 = o.name
        v0 = (quoted(v0) if v0.__class__ is str else c4(v0))
        v1 = c5(o, r.context, **r.arguments[0])
        v1 = (null if v1 is None else f6(v1, r))
        return f"{c7}{v0}{c8}{v1}{c9}"
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import TypeAlias

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLField,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from xogql.prepared.arguments import Arguments, Keywords
from xogql.prepared.bindings import Attribute, Bindings, Call
from xogql.prepared.doubt import DoubtError, UnknownError
from xogql.prepared.holes import MARK
from xogql.prepared.leaves import NULL, EnumTexts, leaf_of, nullable
from xogql.prepared.selections import Selections
from xogql.prepared.serialization import quoted
from xogql.prepared.source import Source

Written: TypeAlias = Callable[[str], str]
"""Gives an expression for the text of a value, whose name it is given."""


@dataclass(slots=True)
class Emitters:
    """Makes the functions of one operation, with its flags decided."""

    schema: GraphQLSchema
    bindings: Bindings
    selections: Selections
    compiled: Arguments
    source: Source
    arguments: list[Keywords] = field(default_factory=list)
    is_impersonal: bool = True
    _objects: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)

    def completer(self, kind: GraphQLOutputType, nodes: Sequence[FieldNode]) -> str:
        """Name a function that writes values of a type.

        Raises:
            UnknownError: if somewhere in it there is something that is not known.
        """
        name, written = self.source.fresh("f"), self._written(kind, nodes)
        self.source.define(name, "v, r", [f"return {written('v')}"])
        return name

    def slot(self, field: GraphQLField, node: FieldNode, call: Call) -> int | None:
        """Find a place in the run for a field's arguments, if it can have some."""
        if not field.args:
            return None
        self.arguments.append(self.compiled.of(field, node, call.arguments))
        return len(self.arguments) - 1

    def _written(self, kind: GraphQLOutputType, nodes: Sequence[FieldNode]) -> Written:
        if is_non_null_type(kind):
            return self._strict(kind.of_type, nodes)
        if is_leaf_type(kind):
            return self._leaf(kind, null=True)
        null, strict = self.source.constant(NULL), self._strict(kind, nodes)
        return lambda v: f"({null} if {v} is None else {strict(v)})"

    def _strict(self, kind: GraphQLOutputType, nodes: Sequence[FieldNode]) -> Written:
        if is_leaf_type(kind):
            return self._leaf(kind, null=False)
        if is_object_type(kind):
            function = self._object(kind, nodes)
        elif is_list_type(kind):
            function = self._list(kind.of_type, nodes)
        elif is_abstract_type(kind):
            function = self._abstract(kind, nodes)
            return lambda v: f"{function}[{v}.__class__]({v}, r)"
        else:
            raise UnknownError(kind)
        return lambda v: f"{function}({v}, r)"

    def _leaf(self, kind: GraphQLLeafType, *, null: bool) -> Written:
        if isinstance(kind, GraphQLEnumType):
            table = self.source.shared(("enum", kind.name, null), EnumTexts(kind, nullable=null))
            return lambda v: f"{table}[{v}]"
        leaf = leaf_of(kind)
        text = nullable(leaf.text) if null else leaf.text
        other, usual = self.source.shared(("leaf", kind.name, null), text), leaf.usual
        if usual is None:
            return lambda v: f"{other}({v})"
        return lambda v: f"({usual.format(v=v, quoted=self._quoted)} else {other}({v}))"

    @property
    def _quoted(self) -> str:
        return self.source.constant(quoted)

    def _list(self, kind: GraphQLOutputType, nodes: Sequence[FieldNode]) -> str:
        name, item = self.source.fresh("f"), self._written(kind, nodes)
        join = self.source.shared(("join",), ",".join)
        body = [
            f"if o.__class__ is not list and o.__class__ is not tuple: raise {self._doubt}",
            f"return f'[{{{join}([{item('v')} for v in o])}}]'",
        ]
        self.source.define(name, "o, r", body)
        return name

    @property
    def _doubt(self) -> str:
        return self.source.constant(DoubtError)

    def _abstract(self, kind: GraphQLAbstractType, nodes: Sequence[FieldNode]) -> str:
        if not self.bindings.told_by_class(kind):
            raise UnknownError(kind)
        possible = [
            (self.bindings.object_class(each), self._object(each, nodes))
            for each in self.schema.get_possible_types(kind)
            if self.bindings.object_class(each) is not None
        ]
        if len({each for each, _ in possible}) != len(possible):
            raise UnknownError(kind)
        return self.source.table(possible)

    def _object(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> str:
        key = kind.name, tuple(map(id, nodes))
        if key not in self._objects:
            self._objects[key] = self._new_object(kind, nodes)
        return self._objects[key]

    def _new_object(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> str:
        expected = self.bindings.object_class(kind)
        if expected is None:
            raise UnknownError(kind)
        constant = self.source.constant(expected)
        body = [f"if o.__class__ is not {constant}: raise {self._doubt}"]
        pieces, separator = [("{", "")], ""
        selected = self.selections.of(kind, [each.selection_set for each in nodes])
        for index, (key, fields) in enumerate(selected.items()):
            text, variable = f"{separator}{quoted(key)}:", f"v{index}"
            if fields[0].name.value == "__typename":
                pieces.append((text + quoted(kind.name), ""))
            else:
                body += self._field(kind, fields, variable)
                pieces.append((text, variable))
            separator = ","
        name = self.source.fresh("f")
        self.source.define(name, "o, r", [*body, self._joined([*pieces, ("}", "")])])
        return name

    def _joined(self, pieces: list[tuple[str, str]]) -> str:
        """Give a statement that returns texts and variables in their order."""
        expression, text = "", ""
        for more, variable in pieces:
            text += more
            if variable:
                expression += f"{{{self.source.constant(text)}}}{{{variable}}}"
                text = ""
        return f'return f"{expression}{{{self.source.constant(text)}}}"'

    def _field(
        self, kind: GraphQLObjectType, nodes: Sequence[FieldNode], variable: str
    ) -> list[str]:
        name = nodes[0].name.value
        definition = kind.fields.get(name)
        way = None if definition is None else self.bindings.way_to(kind, name)
        if definition is None or way is None:
            raise UnknownError(kind.name, name)
        if isinstance(way, Attribute):
            if not way.name.isidentifier() or iskeyword(way.name):
                raise UnknownError(way.name)
            value = f"o.{way.name}"
        else:
            value = self._called(way, self.slot(definition, nodes[0], way))
        if isinstance(way, Call) and way.is_async:
            hole = f"r.holes.append(({value}, {self.completer(definition.type, nodes)}))"
            return [hole, f"{variable} = {self.source.constant(MARK)}"]
        written = self._written(definition.type, nodes)
        return [f"{variable} = {value}", f"{variable} = {written(variable)}"]

    def _called(self, way: Call, slot: int | None) -> str:
        self.is_impersonal &= way.is_impersonal or not way.contextual
        context = ", r.context" if way.contextual else ""
        arguments = "" if slot is None else f", **r.arguments[{slot}]"
        return f"{self.source.constant(way.function)}(o{context}{arguments})"
