"""Every way to ask for a game that the schema has, made from the schema itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_leaf_type,
)

from xogql.api.personal import is_personal
from xogql.api.schema import EXECUTABLE

IDS = {"id", "gameId"}
"""The arguments by which a client names a game."""

_LONGEST = 4000
_VARIABLES = {"game": "ID!", "invite": "String"}
_NO_ANSWER = {"logout", "logoutEverywhere"}
_VALUES = {
    "Int": "1",
    "String": '""',
    "ID": "$game",
    "UUID": '"00000000-0000-4000-8000-000000000000"',
}


@dataclass(frozen=True)
class Question:
    """A root field, asked for whatever leads from it to a game.

    *takes*: its variables: the id of a game, `game`, and an invite, `invite`, where it may be sent.
    """

    name: str
    document: str
    takes: frozenset[str]

    def about(self, game_id: str, invite: str | None = None) -> dict[str, str | None]:
        given = {"game": game_id, "invite": invite}
        return {name: value for name, value in given.items() if name in self.takes}


def questions() -> Iterator[Question]:
    """Give one question for each root field."""
    roots = {
        "query": EXECUTABLE.query_type,
        "mutation": EXECUTABLE.mutation_type,
        "subscription": EXECUTABLE.subscription_type,
    }
    for operation, root in roots.items():
        assert root is not None
        for name, field in root.fields.items():
            if name not in _NO_ANSWER:
                given = _arguments(field.args)
                takes = frozenset(each for each in _VARIABLES if f"${each}" in given)
                told = "".join(f"${each}: {_VARIABLES[each]} " for each in sorted(takes))
                head = f"{operation} ({told})" if takes else operation
                selection = next(_selections(field.type))
                yield Question(name, f"{head} {{ {name}{given} {selection} }}", takes)


def _selections(kind: GraphQLOutputType) -> Iterator[str]:
    """Ask as deep as a document may be long."""
    made = (_selection(kind, depth) for depth in (4, 3, 2, 1))
    return (each for each in made if len(each) < _LONGEST)


def every_field(name: str, depth: int) -> str:
    """Ask for all of a type but what is personal, as deep as this."""
    kind = EXECUTABLE.type_map[name]
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        parts = [f"... on {each} {every_field(each.name, depth)}" for each in _possible(kind)]
        return f"{{ {' '.join(parts)} }}"
    assert isinstance(kind, GraphQLObjectType)
    return f"{{ __typename {' '.join(_every(kind, depth))} }}"


def _every(kind: GraphQLObjectType, depth: int) -> Iterator[str]:
    for name, field in kind.fields.items():
        named = get_named_type(field.type)
        if is_personal(field):
            continue
        if is_leaf_type(named):
            yield name
        elif depth:
            yield f"{name}{_arguments(field.args)} {every_field(named.name, depth - 1)}"


def personal_fields() -> set[str]:
    """Name what is another's for another viewer: `Type.field`."""
    return {
        f"{kind.name}.{name}"
        for kind in EXECUTABLE.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if is_personal(field)
    }


def _possible(kind: GraphQLUnionType | GraphQLInterfaceType) -> Sequence[GraphQLObjectType]:
    return EXECUTABLE.get_possible_types(kind)


def _arguments(args: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]) -> str:
    given = ", ".join(_given(args))
    return f"({given})" if given else ""


def _given(args: Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]) -> Iterator[str]:
    for name, each in args.items():
        if name == "invite":
            yield "invite: $invite"
        elif name == "first":
            yield "first: 5"
        elif name in IDS or _names_a_game(each.type) or _is_needed(each):
            yield f"{name}: {_value(each.type)}"


def _is_needed(each: GraphQLArgument | GraphQLInputField) -> bool:
    return isinstance(each.type, GraphQLNonNull) and each.default_value is Undefined


def _names_a_game(kind: GraphQLInputType) -> bool:
    named = get_named_type(kind)
    return isinstance(named, GraphQLInputObjectType) and not IDS.isdisjoint(named.fields)


def _value(kind: GraphQLInputType) -> str:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        return f"{{{', '.join(_given(named.fields))}}}"
    if isinstance(named, GraphQLEnumType):
        return str(next(iter(named.values)))
    return _VALUES[named.name]


def _selection(kind: GraphQLOutputType, depth: int) -> str:
    """Ask for every id on the way to a game, and for all of a refusal."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLUnionType | GraphQLInterfaceType):
        parts = [f"... on {each.name} {_selection(each, depth)}" for each in _possible(named)]
        return f"{{ __typename {' '.join(parts)} }}"
    if not isinstance(named, GraphQLObjectType):
        return ""
    return f"{{ __typename {' '.join(_fields(named, depth))} }}"


def _fields(kind: GraphQLObjectType, depth: int) -> Iterator[str]:
    for name, field in kind.fields.items():
        if is_leaf_type(get_named_type(field.type)):
            if name in _TOLD:
                yield name
        elif depth and name in _LINKED:
            yield f"{name} {_selection(field.type, 0)}"
        elif depth and "Game" in _reached(field):
            yield f"{name}{_arguments(field.args)} {_selection(field.type, depth - 1)}"


_LINKED = {"rematch", "rematchOf"}
"""Games in games: asked for no deeper, or there would be no end of it."""

_TOLD = {"id", "gameId", "code", "message", "invite", "version", "viewerMark", "cursor"}


def _reached(field: GraphQLField, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """Name the types that a field leads to."""
    named = get_named_type(field.type)
    if named.name in seen:
        return seen
    seen |= {named.name}
    kinds: tuple[GraphQLObjectType, ...] = ()
    if isinstance(named, GraphQLUnionType | GraphQLInterfaceType):
        kinds = tuple(_possible(named))
    elif isinstance(named, GraphQLObjectType):
        kinds = (named,)
    for each in kinds:
        seen |= {each.name}
        for inner in each.fields.values():
            seen = _reached(inner, seen)
    return seen
