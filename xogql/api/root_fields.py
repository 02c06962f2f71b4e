"""The fields at the root of an operation: what it costs a client's quotas is told by them."""

from collections.abc import Sequence

from graphql import FieldNode, OperationDefinitionNode

MOVES = frozenset(
    {"abortGame", "acceptOffer", "declineOffer", "makeMove", "makeOffer", "resign", "withdrawOffer"}
)
"""What a player does while a game is on."""


def root_fields(operation: OperationDefinitionNode) -> Sequence[str]:
    """Give the names of the fields at the root; a fragment there counts as one, of any name."""
    selections = operation.selection_set.selections
    return [each.name.value if isinstance(each, FieldNode) else "" for each in selections]


def are_moves(fields: Sequence[str]) -> bool:
    """Tell whether all of some fields, of which there must be any, are a player's in a game."""
    return bool(fields) and MOVES.issuperset(fields)
