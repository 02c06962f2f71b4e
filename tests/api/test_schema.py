"""The schema: fresh on disk, described everywhere, with the names that clients were promised."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    is_specified_scalar_type,
)
from graphql.utilities import lexicographic_sort_schema, print_type

from xogql.api.schema import EXECUTABLE, sdl

ROOT = Path(__file__).parents[2]

TYPES = {
    name: each
    for name, each in EXECUTABLE.type_map.items()
    if not name.startswith("__") and not is_specified_scalar_type(each)
}

MUTATIONS = {
    "signUp(input: SignUpInput!): SignUpResult!",
    "login(input: LoginInput!): LoginResult!",
    "playAsGuest: PlayAsGuestResult!",
    "claimAccount(input: ClaimAccountInput!): ClaimAccountResult!",
    "changeUsername(input: ChangeUsernameInput!): ChangeUsernameResult!",
    "renewSession: Session!",
    "logout: LogoutSuccess!",
    "logoutEverywhere: LogoutSuccess!",
    "createGame(input: CreateGameInput!): CreateGameResult!",
    "joinGame(input: JoinGameInput!): JoinGameResult!",
    "issueIntratoken(input: IssueIntratokenInput!): IssueIntratokenResult!",
    "makeMove(input: MakeMoveInput!): MakeMoveResult!",
    "resign(input: ResignInput!): ResignResult!",
    "cancelGame(input: CancelGameInput!): CancelGameResult!",
    "abortGame(input: AbortGameInput!): AbortGameResult!",
    "makeOffer(input: MakeOfferInput!): MakeOfferResult!",
    "withdrawOffer(input: WithdrawOfferInput!): WithdrawOfferResult!",
    "acceptOffer(input: AcceptOfferInput!): AcceptOfferResult!",
    "declineOffer(input: DeclineOfferInput!): DeclineOfferResult!",
}
QUERIES = {
    "me: Player",
    "game(id: ID!, invite: String): Game",
    "games(status: GameStatus, first: Int!, after: String): GameConnection!",
    "levels(rules: RulesInput, preset: Preset): [Level!]!",
    "node(id: ID!): Node",
}
SUBSCRIPTIONS = {
    "gameEvents(gameId: ID!, after: Int, stay: Boolean!, invite: String): GameEvent!",
    "gamePresence(gameId: ID!, attention: Attention!, invite: String): GamePresence!",
    "lobby(status: GameStatus!): LobbyChange!",
    "myGames: MyGamesChange!",
}

FIELDS = {
    "Session": {"accessToken", "tokenType", "expiresAt", "player"},
    "Intratoken": {"accessToken", "tokenType", "expiresAt"},
    "Player": {"id", "username", "kind"},
    "Game": {
        *("id", "version", "status", "rules", "board", "moves", "turn", "winner", "winningLine"),
        *("players", "creator", "createdAt", "events", "at", "offers", "rematch", "rematchOf"),
        *("visibility", "invite", "viewerMark"),
    },
    "Rules": {"rows", "columns", "line"},
    "Board": {"rows"},
    "GameEvent": {"version", "at", "game"},
    "Rejection": {"code", "message"},
    "AccountRejection": {"code", "message", "retryAfter", "suggestions"},
    "ClaimAccountSuccess": {"player"},
    "ChangeUsernameSuccess": {"player"},
    "GameRejection": {"code", "message", "game"},
    "CreateGameSuccess": {"game"},
    "JoinGameSuccess": {"game"},
    "MakeMoveSuccess": {"game"},
    "ResignSuccess": {"game"},
    "CancelGameSuccess": {"game"},
    "GameConnection": {"edges", "pageInfo"},
    "SignUpInput": {"username", "password"},
    "LoginInput": {"username", "password"},
    "ClaimAccountInput": {"username", "password"},
    "ChangeUsernameInput": {"username"},
    "CreateGameInput": {"rules", "mark", "visibility", "commandId"},
    "RulesInput": {"rows", "columns", "line"},
    "JoinGameInput": {"gameId", "invite", "commandId"},
    "IssueIntratokenInput": {"gameId"},
    "MakeMoveInput": {"gameId", "row", "column", "expectedVersion", "commandId"},
    "AbortGameInput": {"gameId", "expectedVersion", "commandId"},
    "MakeOfferInput": {"gameId", "kind", "expectedVersion", "commandId"},
    "WithdrawOfferInput": {"gameId", "kind", "expectedVersion", "commandId"},
    "AcceptOfferInput": {"gameId", "kind", "expectedVersion", "commandId"},
    "DeclineOfferInput": {"gameId", "kind", "expectedVersion", "commandId"},
    "Offer": {"kind", "mark"},
    "RematchAgreed": {"version", "at", "game", "rematch"},
}

VALUES = {
    "GameStatus": {"WAITING", "PLAYING", "FINISHED", "CANCELLED"},
    "Mark": {"X", "O"},
    "MarkChoice": {"X", "O", "RANDOM"},
    "OfferKind": {"DRAW", "TAKEBACK", "REMATCH"},
    "Ending": {"LINE", "BOARD_FULL", "RESIGNATION", "AGREEMENT", "ABORTED"},
}


def test_the_file_is_fresh() -> None:
    assert (ROOT / "schema.graphql").read_text() == sdl(), "make schema"


def test_the_text_is_the_schema() -> None:
    read, written = build_schema(sdl()).type_map, lexicographic_sort_schema(EXECUTABLE).type_map

    assert all(print_type(read[name]) == print_type(written[name]) for name in TYPES)


def parts(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Name a type and whatever in it has a description, with it."""
    yield kind.name, kind.description
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            yield f"{kind.name}.{name}", field.description
            for argument, each in field.args.items():
                yield f"{kind.name}.{name}({argument})", each.description
    elif isinstance(kind, GraphQLInputObjectType):
        for name, input_field in kind.fields.items():
            yield f"{kind.name}.{name}", input_field.description
    elif isinstance(kind, GraphQLEnumType):
        for name, value in kind.values.items():
            yield f"{kind.name}.{name}", value.description


@pytest.mark.parametrize("name", TYPES)
def test_everything_is_described(name: str) -> None:
    assert [part for part, description in parts(TYPES[name]) if not description] == []


def signatures(kind: GraphQLObjectType | None) -> set[str]:
    assert kind is not None
    return {
        name
        + (f"({', '.join(f'{n}: {a.type}' for n, a in each.args.items())})" if each.args else "")
        + f": {each.type}"
        for name, each in kind.fields.items()
    }


def test_the_operations_have_the_names_that_were_promised() -> None:
    assert signatures(EXECUTABLE.mutation_type) == MUTATIONS
    assert signatures(EXECUTABLE.query_type) == QUERIES
    assert signatures(EXECUTABLE.subscription_type) == SUBSCRIPTIONS


@pytest.mark.parametrize("name", FIELDS)
def test_the_types_have_the_fields_that_were_promised(name: str) -> None:
    kind = TYPES[name]
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType)
    assert FIELDS[name] <= set(kind.fields)


@pytest.mark.parametrize("name", VALUES)
def test_the_enums_have_the_values_that_were_promised(name: str) -> None:
    kind = TYPES[name]
    assert isinstance(kind, GraphQLEnumType)
    assert set(kind.values) == VALUES[name]


def implementing(interface: str) -> set[str]:
    kind = TYPES[interface]
    assert isinstance(kind, GraphQLInterfaceType)
    return {each.name for each in EXECUTABLE.get_possible_types(kind)}


def results() -> dict[str, set[str]]:
    """What each mutation may answer."""
    return {
        name: {each.name for each in kind.types}
        for name, kind in TYPES.items()
        if isinstance(kind, GraphQLUnionType)
    }


def test_payloads_and_events_never_share_a_name() -> None:
    payloads = set().union(*results().values())

    assert implementing("GameEvent") & payloads == set()
    assert implementing("GameEvent") == {
        *("GameSnapshot", "GameCreated", "PositionSetUp", "PlayerJoined", "GameCancelled"),
        *("MoveMade", "GameEnded"),
        *("OfferMade", "OfferWithdrawn", "OfferDeclined", "MovesTakenBack", "RematchAgreed"),
    }


def test_every_refusal_is_a_rejection() -> None:
    successes = {"Session", "Intratoken"} | {name for name in TYPES if name.endswith("Success")}

    refusals = set().union(*results().values()) - successes
    assert refusals == implementing("Rejection")
    for name, members in results().items():
        assert len(members & successes) == 1, name
