"""The table of who may do what: each root field, and each field that depends on the viewer."""

from collections.abc import Mapping

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

ALLOWED = ""

INTRODUCED = (
    "nobody",
    "other player",
    "spectator",
    "seated",
    "seat",
    "opponent's seat",
    "seat elsewhere",
    "guest",
)
BY_WHO_ASKS = {"ALREADY_A_MEMBER", "NOT_A_MEMBER", "NOT_A_PLAYER"}
"""Refusals that are no matter of what is asked."""

REFUSED = {
    "expired": "TOKEN_EXPIRED",
    "expired seat": "TOKEN_EXPIRED",
    "revoked": "TOKEN_REVOKED",
    "revoked seat": "TOKEN_REVOKED",
    "forged": "TOKEN_INVALID",
    "forged seat": "TOKEN_INVALID",
    "another's session": "TOKEN_REVOKED",
}
"""Tokens that are refused whatever is asked with them."""

CALLERS = (*INTRODUCED, *REFUSED)


def _row(*outcomes: str, guest: str | None = None) -> Mapping[str, str]:
    """Give a row; a *guest* may do what another player may, unless told otherwise."""
    as_guest = outcomes[1] if guest is None else guest
    return dict(zip(INTRODUCED, (*outcomes, as_guest), strict=True)) | REFUSED


_NO, _NOT = "UNAUTHENTICATED", "FORBIDDEN"
_ANYBODY = _row(*[ALLOWED] * 7)
#               nobody  other    spectator seated   seat     opponent elsewhere
_PLAYER = _row(_NO, ALLOWED, ALLOWED, ALLOWED, _NOT, _NOT, _NOT)
_READER = _row(_NO, ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED, _NOT)
_SEAT = _row(_NO, _NOT, _NOT, _NOT, ALLOWED, ALLOWED, _NOT)
_SEATED = _row(_NO, "NOT_A_PLAYER", "NOT_A_PLAYER", ALLOWED, _NOT, _NOT, _NOT)
_MEMBER = _row(_NO, ALLOWED, ALLOWED, ALLOWED, _NOT, _NOT, _NOT, guest="NOT_A_MEMBER")
_GUEST = _row(_NO, *["ALREADY_A_MEMBER"] * 3, _NOT, _NOT, _NOT, guest=ALLOWED)

_TOLD = "{ __typename ... on Rejection { code } }"

TABLE: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]] = {
    ("Mutation.signUp", "not allowed"): (
        f'mutation {{ signUp(input: {{username: "", password: ""}}) {_TOLD} }}', _ANYBODY),
    ("Mutation.login", "wrong"): (
        f'mutation {{ login(input: {{username: "", password: ""}}) {_TOLD} }}', _ANYBODY),
    ("Mutation.playAsGuest", ""): (f"mutation {{ playAsGuest {_TOLD} }}", _ANYBODY),
    ("Mutation.claimAccount", "not allowed"): (
        f'mutation {{ claimAccount(input: {{username: "", password: ""}}) {_TOLD} }}', _GUEST),
    ("Mutation.changeUsername", "not allowed"): (
        f'mutation {{ changeUsername(input: {{username: ""}}) {_TOLD} }}', _MEMBER),
    ("Mutation.renewSession", ""): ("mutation { renewSession { __typename } }", _PLAYER),
    ("Mutation.logout", ""): ("mutation { logout { __typename } }", _PLAYER),
    ("Mutation.logoutEverywhere", ""): ("mutation { logoutEverywhere { __typename } }", _PLAYER),
    ("Mutation.createGame", ""): (f"mutation {{ createGame(input: {{}}) {_TOLD} }}", _PLAYER),
    ("Mutation.joinGame", ""): (
        f'mutation {{ joinGame(input: {{gameId: "GAME"}}) {_TOLD} }}', _PLAYER),
    ("Mutation.issueIntratoken", ""): (
        f'mutation {{ issueIntratoken(input: {{gameId: "GAME"}}) {_TOLD} }}', _SEATED),
    ("Mutation.makeMove", ""): (
        f'mutation {{ makeMove(input: {{gameId: "GAME", row: 9, column: 9}}) {_TOLD} }}', _SEAT),
    ("Mutation.resign", ""): (
        f'mutation {{ resign(input: {{gameId: "GAME", expectedVersion: 0}}) {_TOLD} }}', _SEAT),
    ("Mutation.cancelGame", ""): (
        f'mutation {{ cancelGame(input: {{gameId: "GAME"}}) {_TOLD} }}', _SEAT),
    ("Mutation.abortGame", ""): (
        f'mutation {{ abortGame(input: {{gameId: "GAME", expectedVersion: 0}}) {_TOLD} }}', _SEAT),
    ("Mutation.makeOffer", ""): (
        f'mutation {{ makeOffer(input: {{gameId: "GAME", kind: REMATCH}}) {_TOLD} }}', _SEAT),
    ("Mutation.withdrawOffer", ""): (
        f'mutation {{ withdrawOffer(input: {{gameId: "GAME", kind: DRAW}}) {_TOLD} }}', _SEAT),
    ("Mutation.acceptOffer", ""): (
        f'mutation {{ acceptOffer(input: {{gameId: "GAME", kind: DRAW}}) {_TOLD} }}', _SEAT),
    ("Mutation.declineOffer", ""): (
        f'mutation {{ declineOffer(input: {{gameId: "GAME", kind: DRAW}}) {_TOLD} }}', _SEAT),
    ("Query.levels", ""): ("{ levels }", _ANYBODY),
    ("Query.me", ""): ("{ me { __typename } }", _PLAYER),
    ("Query.games", ""): ("{ games { __typename } }", _PLAYER),
    ("Query.game", ""): ('{ game(id: "GAME") { __typename } }', _READER),
    ("Query.node", "a game"): ('{ node(id: "GAME") { __typename } }', _READER),
    ("Query.node", "a player"): ('{ node(id: "PLAYER") { __typename } }', _PLAYER),
    ("Query.node", "nothing"): ('{ node(id: "nothing") { __typename } }', _PLAYER),
    ("Player.games", ""): ('{ game(id: "GAME") { creator { games { __typename } } } }', _PLAYER),
    ("Game.at", ""): ('{ game(id: "GAME") { at(version: 1) { __typename } } }', _READER),
    ("Game.events", ""): ('{ game(id: "GAME") { events { __typename } } }', _READER),
    ("Opening.game", ""): ('{ game(id: "GAME") { opening { game { id } } } }', _READER),
    ("Game.rematch", ""): ('{ game(id: "GAME") { rematch { id } } }', _READER),
    ("Game.rematchOf", ""): ('{ game(id: "GAME") { rematchOf { id } } }', _READER),
    ("Player.kind", ""): ('{ game(id: "GAME") { creator { kind } } }', _READER),
    ("Game.review", ""): ('{ game(id: "GAME") { review { __typename } } }', _READER),
    ("Player.username", ""): ('{ game(id: "GAME") { creator { username } } }', _READER),
    ("Subscription.gameEvents", "from now"): (
        'subscription { gameEvents(gameId: "GAME") { __typename } }', _READER),
    ("Subscription.gameEvents", "from the start"): (
        'subscription { gameEvents(gameId: "GAME", after: 0) { __typename } }', _READER),
    ("Subscription.gameEvents", "past the end"): (
        'subscription { gameEvents(gameId: "GAME", stay: true) { __typename } }', _READER),
    ("Game.invite", ""): ('{ game(id: "GAME") { invite } }', _READER),
    ("Game.viewerMark", ""): ('{ game(id: "GAME") { viewerMark } }', _READER),
    ("Subscription.myGames", ""): ("subscription { myGames { __typename } }", _PLAYER),
    ("Subscription.gamePresence", ""): (
        'subscription { gamePresence(gameId: "GAME") { __typename } }', _READER),
    ("Subscription.lobby", ""): ("subscription { lobby { __typename } }", _PLAYER),
}  # fmt: skip

_OFFER = {"kind", "mark"}
_EVENT = {"at", "game", "version"}
_PAGE = {"edges", "pageInfo"}
_TOKEN = {"accessToken", "expiresAt", "tokenType"}
_WHY = {"code", "message"}
SEEN_BY_ALL: Mapping[str, set[str]] = {
    "AbortGameSuccess": {"game"},
    "AcceptOfferSuccess": {"game"},
    "AccountRejection": {*_WHY, "retryAfter", "suggestions"},
    "Board": {"rows"},
    "CancelGameSuccess": {"game"},
    "Cell": {"column", "row"},
    "ChangeUsernameSuccess": {"player"},
    "ClaimAccountSuccess": {"player"},
    "CreateGameSuccess": {"game"},
    "DeclineOfferSuccess": {"game"},
    "Game": {
        "board", "createdAt", "creator", "ending", "id", "moves", "offers", "opening", "players",
        "rules", "status", "turn", "updatedAt", "version", "visibility", "winner", "winningLine",
    },
    "GameCancelled": _EVENT,
    "GameConnection": _PAGE,
    "GameCreated": {*_EVENT, "creator", "mark", "rules"},
    "GameEdge": {"cursor", "node"},
    "GameEnded": {*_EVENT, "ending", "winner", "winningLine"},
    "GameEvent": _EVENT,
    "GameEventConnection": _PAGE,
    "GameEventEdge": {"cursor", "node"},
    "GameNotFoundRejection": {*_WHY, "gameId"},
    "GamePresence": {"seats", "watchers"},
    "GameRejection": {*_WHY, "game"},
    "GameSnapshot": _EVENT,
    "InputRejection": {*_WHY, "field"},
    "Intratoken": _TOKEN,
    "JoinGameSuccess": {"game"},
    "LobbyChange": {"listed", "snapshot", "unlisted"},
    "LogoutSuccess": {"player"},
    "MakeMoveSuccess": {"game"},
    "MakeOfferSuccess": {"game"},
    "Move": {"column", "mark", "row"},
    "MoveMade": {*_EVENT, "column", "mark", "row"},
    "MovesTakenBack": {*_EVENT, "count"},
    "MyGamesChange": {"games", "gone", "snapshot"},
    "Node": {"id"},
    "Offer": _OFFER,
    "OfferDeclined": {*_EVENT, *_OFFER},
    "OfferMade": {*_EVENT, *_OFFER},
    "OfferWithdrawn": {*_EVENT, *_OFFER},
    "Opening": {"moveNumber", "moves", "turn", "version"},
    "PageInfo": {"endCursor", "hasNextPage", "hasPreviousPage", "startCursor"},
    "Player": {"id", "level"},
    "PlayerJoined": {*_EVENT, "player"},
    "PositionSetUp": {*_EVENT, "opening"},
    "Rejection": _WHY,
    "RematchAgreed": {*_EVENT, "rematch"},
    "ResignSuccess": {"game"},
    "Review": {"exact", "positions"},
    "ReviewedCell": {"column", "row", "score", "verdict"},
    "ReviewedPosition": {
        "better", "isMistake", "moveNumber", "options", "played", "turn", "value", "version",
    },
    "Rules": {"columns", "line", "rows"},
    "Seat": {"mark", "player"},
    "SeatPresence": {"mark", "player", "since", "state"},
    "Session": {*_TOKEN, "player"},
    "WithdrawOfferSuccess": {"game"},
}  # fmt: skip
"""Fields that whoever got the object may read, the same for all: no password, token or address."""


def fields_of(schema: GraphQLSchema) -> set[str]:
    """Name every field of the schema: `Type.field`."""
    return {
        f"{kind.name}.{field}"
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        if not kind.name.startswith("__")
        for field in kind.fields
    }


def fields_told() -> set[str]:
    """Name every field that is in one of the two tables."""
    seen = {f"{kind}.{field}" for kind, fields in SEEN_BY_ALL.items() for field in fields}
    return seen | {field for field, _ in TABLE}
