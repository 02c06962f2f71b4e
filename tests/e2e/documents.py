"""What clients send: the critical path's documents."""

GAME = """
  id version status visibility turn winner ending offers { kind mark }
  rules { rows columns line } board { rows } moves { mark row column } winningLine { row column }
  players { mark player { id username } }
"""

GAME_EVENT = f"""
  __typename version game {{ {GAME} }}
  ... on GameCreated {{ mark }}
  ... on PositionSetUp {{ opening {{ version }} }}
  ... on PlayerJoined {{ player {{ id username }} }}
  ... on MoveMade {{ mark row column }}
  ... on GameEnded {{ ending winner winningLine {{ row column }} }}
  ... on OfferMade {{ kind mark }}
  ... on OfferWithdrawn {{ kind mark }}
  ... on OfferDeclined {{ kind mark }}
  ... on MovesTakenBack {{ count }}
  ... on RematchAgreed {{
    rematch {{ id version status players {{ mark player {{ id }} }} rematchOf {{ id }} }}
  }}
"""

_REFUSED = "... on Rejection { code message }"
_NO_SUCH_GAME = "... on GameNotFoundRejection { gameId }"
_INPUT = "... on InputRejection { field }"
_REFUSED_IN_GAME = f"{_REFUSED} ... on GameRejection {{ game {{ {GAME} }} }}"
_ACCOUNT = f"{_REFUSED} ... on AccountRejection {{ retryAfter suggestions }}"
_SESSION = f"""
  {_ACCOUNT} ... on Session {{ accessToken tokenType expiresAt player {{ id username kind }} }}
"""


def _success(name: str) -> str:
    return f"{_REFUSED_IN_GAME} ... on {name} {{ game {{ {GAME} }} }}"


_ANSWERS = {
    "signUp": f"{_SESSION} {_INPUT}",
    "login": _SESSION,
    "claimAccount": f"""
      {_ACCOUNT} {_INPUT} ... on ClaimAccountSuccess {{ player {{ id username kind }} }}
    """,
    "changeUsername": f"""
      {_ACCOUNT} {_INPUT} ... on ChangeUsernameSuccess {{ player {{ id username kind }} }}
    """,
    "issueIntratoken": f"""
      {_REFUSED_IN_GAME} {_NO_SUCH_GAME} ... on Intratoken {{ accessToken tokenType expiresAt }}
    """,
    "createGame": f"{_success('CreateGameSuccess')} {_INPUT}",
    "joinGame": f"{_success('JoinGameSuccess')} {_NO_SUCH_GAME}",
    "makeMove": _success("MakeMoveSuccess"),
    "resign": _success("ResignSuccess"),
    "cancelGame": _success("CancelGameSuccess"),
    "abortGame": _success("AbortGameSuccess"),
    "makeOffer": _success("MakeOfferSuccess"),
    "withdrawOffer": _success("WithdrawOfferSuccess"),
    "acceptOffer": _success("AcceptOfferSuccess"),
    "declineOffer": _success("DeclineOfferSuccess"),
}


def _wish(name: str, answer: str) -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {answer} }} }}"


WISHES = {name: _wish(name, answer) for name, answer in _ANSWERS.items()}

PLAY_AS_GUEST = f"mutation {{ playAsGuest {{ __typename {_SESSION} }} }}"

RENEW_SESSION = """
mutation { renewSession { accessToken tokenType expiresAt player { id username kind } } }
"""

READ_GAME = f"""
query ($id: ID!, $invite: String) {{ game(id: $id, invite: $invite) {{ {GAME} }} }}
"""

READ_OWN = f"""
query ($id: ID!, $invite: String) {{
  game(id: $id, invite: $invite) {{ {GAME} viewerMark invite }}
}}
"""

READ_EVENTS = f"""
query ($id: ID!, $first: Int = 45, $after: String) {{
  game(id: $id) {{
    events(first: $first, after: $after) {{
      edges {{ cursor node {{ {GAME_EVENT} }} }}
      pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
    }}
  }}
}}
"""

LIST_GAMES = """
query ($status: GameStatus, $first: Int = 20, $after: String) {
  games(status: $status, first: $first, after: $after) {
    edges { cursor node { id createdAt creator { id username } rules { rows columns line } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""

FOLLOW_GAME = f"""
subscription ($gameId: ID!, $after: Int, $stay: Boolean! = false, $invite: String) {{
  gameEvents(gameId: $gameId, after: $after, stay: $stay, invite: $invite) {{ {GAME_EVENT} }}
}}
"""

FOLLOW_PRESENCE = """
subscription ($gameId: ID!, $attention: Attention! = HERE) {
  gamePresence(gameId: $gameId, attention: $attention) {
    watchers seats { mark state since player { id } }
  }
}
"""

FOLLOW_LOBBY = """
subscription ($status: GameStatus! = WAITING) {
  lobby(status: $status) { snapshot listed { id status } unlisted { id status } }
}
"""

FOLLOW_OWN = f"""
subscription {{ myGames {{ snapshot games {{ {GAME} viewerMark }} gone {{ id version status }} }} }}
"""
