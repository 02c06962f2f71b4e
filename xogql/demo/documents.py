"""The GraphQL documents of a game from sign-up to victory: copy them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One operation: the *field* that holds its result, and the result's type on *success*."""

    field: str
    success: str
    text: str

    @property
    def title(self) -> str:
        """The kind and the name of the operation, such as `mutation SignUp`."""
        return " ".join(self.text.replace("(", " ").split()[:2])

    @property
    def line(self) -> str:
        """The whole text on one line."""
        return " ".join(self.text.split())


SIGN_UP = Document(
    "signUp",
    "Session",
    """\
mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    __typename
    ... on Session {
      accessToken tokenType expiresAt player { id username }
    }
    ... on Rejection { code message }
    ... on AccountRejection { retryAfter }
  }
}""",
)

LOGIN = Document(
    "login",
    "Session",
    """\
mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on Session {
      accessToken tokenType expiresAt player { id username }
    }
    ... on AccountRejection { code message retryAfter }
  }
}""",
)

ME = Document("me", "Player", "query Me { me { __typename id username } }")

CREATE_GAME = Document(
    "createGame",
    "CreateGameSuccess",
    """\
mutation CreateGame($input: CreateGameInput!) {
  createGame(input: $input) {
    __typename
    ... on CreateGameSuccess {
      game { id version status players { mark player { username } } }
    }
    ... on Rejection { code message }
  }
}""",
)

WAITING_GAMES = Document(
    "games",
    "GameConnection",
    """\
query WaitingGames($first: Int!, $after: String) {
  games(status: WAITING, first: $first, after: $after) {
    __typename
    edges {
      node { id createdAt creator { username } rules { rows columns line } }
    }
    pageInfo { hasNextPage endCursor }
  }
}""",
)

JOIN_GAME = Document(
    "joinGame",
    "JoinGameSuccess",
    """\
mutation JoinGame($input: JoinGameInput!) {
  joinGame(input: $input) {
    __typename
    ... on JoinGameSuccess {
      game { version status turn players { mark player { username } } }
    }
    ... on Rejection { code message }
  }
}""",
)

ISSUE_INTRATOKEN = Document(
    "issueIntratoken",
    "Intratoken",
    """\
mutation IssueIntratoken($input: IssueIntratokenInput!) {
  issueIntratoken(input: $input) {
    __typename
    ... on Intratoken { accessToken tokenType expiresAt }
    ... on Rejection { code message }
  }
}""",
)

MAKE_MOVE = Document(
    "makeMove",
    "MakeMoveSuccess",
    """\
mutation MakeMove($input: MakeMoveInput!) {
  makeMove(input: $input) {
    __typename
    ... on MakeMoveSuccess {
      game { version status turn board { rows } }
    }
    ... on GameRejection {
      code message game { version status turn board { rows } }
    }
  }
}""",
)

GAME_EVENTS = Document(
    "gameEvents",
    "GameEvent",
    """\
subscription GameEvents($gameId: ID!, $after: Int) {
  gameEvents(gameId: $gameId, after: $after) {
    __typename
    version
    ... on GameSnapshot { game { board { rows } } }
    ... on MoveMade { mark row column }
    ... on GameEnded { ending winner winningLine { row column } }
    game { status turn }
  }
}""",
)

GAME = Document(
    "game",
    "Game",
    """\
query Game($id: ID!) {
  game(id: $id) {
    __typename
    version
    status
    ending
    winner
    winningLine { row column }
    players { mark player { username } }
    board { rows }
  }
}""",
)
