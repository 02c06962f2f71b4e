"""Operations made up from a schema: valid, with whatever the language allows."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    ScalarLeafsRule,
    SingleFieldSubscriptionsRule,
    ValuesOfCorrectTypeRule,
    VariablesInAllowedPositionRule,
    get_named_type,
    is_composite_type,
    is_required_argument,
    is_required_input_field,
    parse,
    validate,
)

# What the writer may do wrong; by the other rules it goes.
RULES = [
    OverlappingFieldsCanBeMergedRule,
    ScalarLeafsRule,
    SingleFieldSubscriptionsRule,
    ValuesOfCorrectTypeRule,
    VariablesInAllowedPositionRule,
]


TEXTS = ["", "x", "Zoë", 'a "b" \\ \n\t\x01\x7f', "☃ 😀", "{v} %s {{}}", "</script>\u2028"]
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Generated:
    """A valid operation, and variables that fit it."""

    text: str
    document: DocumentNode
    variables: dict[str, Any]


def operations(
    schema: GraphQLSchema, seed: int, custom: Callable[[random.Random, str], str]
) -> Iterator[Generated]:
    """Make operations without end; *custom* gives a text that a custom scalar takes."""
    rng = random.Random(seed)
    while True:
        writer = Writer(schema, rng, custom)
        text = writer.operation()
        document = parse(text)
        if not validate(schema, document, RULES):
            yield Generated(text, document, writer.variables)


@dataclass
class Writer:
    """Writes one document."""

    schema: GraphQLSchema
    rng: random.Random
    custom: Callable[[random.Random, str], str]
    variables: dict[str, Any] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    names: int = 0

    def operation(self) -> str:
        roots = [each for each in OperationType if self.schema.get_root_type(each)]
        kind = self.rng.choice(roots)
        root = self.schema.get_root_type(kind)
        assert root is not None
        if kind is OperationType.SUBSCRIPTION:
            name, definition = self.rng.choice(list(root.fields.items()))
            selected = f"{{ {self.called_field(name, definition, 0)} }}"
        else:
            selected = self.selection(root, 0)
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        return "\n".join([f"{kind.value} Op{declared} {selected}", *self.fragments])

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def fresh(self, letter: str) -> str:
        self.names += 1
        return f"{letter}{self.names}"

    def selection(self, kind: GraphQLNamedType, depth: int) -> str:
        return "{ " + " ".join(self.parts(kind, depth, self.rng.randint(1, 4))) + " }"

    def parts(self, kind: GraphQLNamedType, depth: int, count: int) -> list[str]:
        parts = [self.part(kind, depth) for _ in range(count)]
        # Whatever is skipped, something is left: an object of no fields says little.
        return parts if self.chance(0.2) else [*parts, "__typename"]

    def part(self, kind: GraphQLNamedType, depth: int) -> str:
        if isinstance(kind, GraphQLUnionType) or self.chance(0.15):
            return self.fragment(kind, depth)
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        leaves = depth >= DEEPEST
        fields = [each for each in kind.fields.items() if not (leaves and _has_fields(each[1]))]
        if not fields or self.chance(0.1):
            return self.called("__typename")
        name, definition = self.rng.choice(fields)
        return self.called_field(name, definition, depth)

    def called(self, name: str, *, alias: bool = False) -> str:
        named = f"{self.fresh('a')}: {name}" if alias or self.chance(0.2) else name
        return named + self.directives()

    def called_field(self, name: str, definition: GraphQLField, depth: int) -> str:
        given = [
            f"{argument}: {value}"
            for argument, each in definition.args.items()
            if (value := self.argument(each)) is not None
        ]
        arguments = f"({', '.join(given)})" if given else ""
        head = f"{self.fresh('a')}: {name}" if given or self.chance(0.2) else name
        kind = get_named_type(definition.type)
        below = self.selection(kind, depth + 1) if is_composite_type(kind) else ""
        return f"{head}{arguments}{self.directives()} {below}"

    def fragment(self, kind: GraphQLNamedType, depth: int) -> str:
        condition = self.rng.choice(self.conditions(kind))
        below = self.selection(condition, depth + 1)
        if self.chance(0.5):
            said = f" on {condition.name}" if condition is not kind or self.chance(0.5) else ""
            return f"...{said}{self.directives()} {below}"
        name = self.fresh("F")
        self.fragments.append(f"fragment {name} on {condition.name} {below}")
        spread = f"...{name}{self.directives()}"
        return f"{spread} ...{name}" if self.chance(0.2) else spread

    def conditions(self, kind: GraphQLNamedType) -> list[GraphQLNamedType]:
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            possible = self.schema.get_possible_types(kind)
            return [kind, *possible]
        assert isinstance(kind, GraphQLObjectType)
        return [kind, *kind.interfaces]

    def directives(self) -> str:
        if not self.chance(0.12):
            return ""
        return f" @{self.rng.choice(['skip', 'include'])}(if: {self.flag()})"

    def flag(self) -> str:
        if self.chance(0.3):
            return self.rng.choice(["true", "false"])
        if len(self.flags) < 3:
            name = self.fresh("flag")
            default = self.rng.choice(["", " = true", " = false"])
            self.declared.append(f"${name}: Boolean{default or '!'}")
            self.flags.append(name)
            if not default or self.chance(0.7):
                self.variables[name] = self.chance(0.5)
        return f"${self.rng.choice(self.flags)}"

    def argument(self, argument: GraphQLArgument) -> str | None:
        if not is_required_argument(argument) and self.chance(0.4):
            return None
        return self.value(argument.type)

    def value(self, kind: GraphQLInputType, *, literal: bool = False) -> str:
        """Write a value, perhaps a variable, whose value is then chosen."""
        if literal or self.chance(0.5):
            return self.literal(kind, variables=not literal)
        name, required = self.fresh("v"), isinstance(kind, GraphQLNonNull)
        default = ""
        if self.chance(0.3):
            default = f" = {self.literal(kind, variables=False)}"
        self.declared.append(f"${name}: {kind}{default}")
        if (required and not default) or self.chance(0.7):
            self.variables[name] = self.json(kind)
        return f"${name}"

    def literal(self, kind: GraphQLInputType, *, variables: bool) -> str:
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        elif self.chance(0.15):
            return "null"
        if isinstance(kind, GraphQLList):
            count = self.rng.randint(0, 3)
            items = [self.within(kind.of_type, variables=variables) for _ in range(count)]
            single = len(items) == 1 and not items[0].startswith(("[", "$", "null"))
            return items[0] if single and self.chance(0.3) else f"[{', '.join(items)}]"
        if isinstance(kind, GraphQLInputObjectType):
            return f"{{{', '.join(self.literal_fields(kind, variables=variables))}}}"
        if isinstance(kind, GraphQLEnumType):
            return str(self.rng.choice(list(kind.values)))
        return self.scalar_literal(kind.name)

    def literal_fields(self, kind: GraphQLInputObjectType, *, variables: bool) -> list[str]:
        return [
            f"{name}: {self.within(each.type, variables=variables)}"
            for name, each in kind.fields.items()
            if is_required_input_field(each) or self.chance(0.6)
        ]

    def within(self, kind: GraphQLInputType, *, variables: bool) -> str:
        if variables and self.chance(0.3):
            return self.value(kind)
        return self.literal(kind, variables=variables)

    def scalar_literal(self, name: str) -> str:
        value = self.scalar(name)
        if isinstance(value, str):
            quoted = value.translate({ord(each): f"\\u{ord(each):04x}" for each in '"\\\n\t\x01'})
            return f'"{quoted}"'
        return str(value).lower()

    def json(self, kind: GraphQLInputType) -> Any:
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        elif self.chance(0.15):
            return None
        if isinstance(kind, GraphQLList):
            return [self.json(kind.of_type) for _ in range(self.rng.randint(0, 3))]
        if isinstance(kind, GraphQLInputObjectType):
            return {
                name: self.json(each.type)
                for name, each in kind.fields.items()
                if is_required_input_field(each) or self.chance(0.6)
            }
        if isinstance(kind, GraphQLEnumType):
            return self.rng.choice(list(kind.values))
        return self.scalar(kind.name)

    def scalar(self, name: str) -> Any:
        match name:
            case "Int":
                return self.rng.choice([0, 1, -5, 2**31 - 1, -(2**31)])
            case "Float":
                return self.rng.choice([0.0, 1.5, -2.25, 7])
            case "Boolean":
                return self.chance(0.5)
            case "ID":
                return self.rng.choice(["id-1", "ä", 12])
            case "String":
                return self.rng.choice(TEXTS)
            case other:
                return self.custom(self.rng, other)


def _has_fields(definition: GraphQLField) -> bool:
    return is_composite_type(get_named_type(definition.type))


WRONG: list[Any] = [None, "no", "", 1.5, True, 2**40, -1, [], [None], {}, {"no": 1}, "RED", 0, 3.0]


def spoilt(rng: random.Random, variables: dict[str, Any]) -> dict[str, Any]:
    """Make something wrong in variables: a value, a field too many, one too few."""

    def spoil(value: Any) -> Any:
        if isinstance(value, dict) and value and rng.random() < 0.8:
            name = rng.choice(list(value))
            if rng.random() < 0.15:
                return {key: each for key, each in value.items() if key != name}
            return {**value, name: spoil(value[name])}
        if isinstance(value, list) and value and rng.random() < 0.7:
            index = rng.randrange(len(value))
            return [spoil(each) if at == index else each for at, each in enumerate(value)]
        return rng.choice(WRONG)

    whole = spoil(variables)
    return whole if isinstance(whole, dict) else {}
