"""The schema: queries, mutations and subscriptions."""

from collections.abc import Iterable
from uuid import UUID

import strawberry
from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    print_schema,
)
from graphql.utilities import lexicographic_sort_schema
from strawberry.schema.config import StrawberryConfig

from xogql.api import (
    account_mutations,
    game_facts,
    game_to_viewer,
    game_type,
    inputs,
    mutations,
    node,
    offer_inputs,
    offer_mutations,
    offer_results,
    opening_type,
    pages,
    presence_type,
    queries,
    rejections,
    results,
    review_type,
    subscriptions,
    values,
)
from xogql.api.descriptions import describe
from xogql.api.scalars import UUID_SCALAR

describe(
    [
        node,
        values,
        pages,
        inputs,
        offer_inputs,
        game_facts,
        review_type,
        game_to_viewer,
        opening_type,
        game_type,
        rejections,
        results,
        offer_results,
        queries,
        account_mutations,
        offer_mutations,
        mutations,
        presence_type,
        subscriptions,
    ]
)

SCHEMA = strawberry.Schema(
    query=queries.Query,
    mutation=mutations.Mutation,
    subscription=subscriptions.Subscription,
    config=StrawberryConfig(scalar_map={UUID: UUID_SCALAR}),
    types=[
        game_type.GameSnapshot,
        game_type.GameCreated,
        game_type.PositionSetUp,
        game_type.PlayerJoined,
        game_type.MoveMade,
        game_type.GameEnded,
        game_type.GameCancelled,
        game_type.OfferMade,
        game_type.OfferWithdrawn,
        game_type.OfferDeclined,
        game_type.MovesTakenBack,
        game_type.RematchAgreed,
    ],
)

EXECUTABLE = SCHEMA._schema  # noqa: SLF001 - the one door to graphql-core, which executes it


def _leave_null_defaults_out(schema: GraphQLSchema) -> None:
    """Let what may be left out be left out: `= null`, which Strawberry writes, says no more."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            _clear(kind.fields.values())
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field in kind.fields.values():
                _clear(field.args.values())


def _clear(inputs: Iterable[GraphQLArgument | GraphQLInputField]) -> None:
    for each in inputs:
        if each.default_value is None:
            each.default_value = Undefined


_leave_null_defaults_out(EXECUTABLE)

EXECUTABLE.type_map[
    "DateTime"
].description = "A moment with its offset from UTC (RFC 3339): `2026-11-22T18:00:00+00:00`."


def sdl() -> str:
    """Print the schema, sorted, as `schema.graphql` has it."""
    return print_schema(lexicographic_sort_schema(EXECUTABLE)) + "\n"
