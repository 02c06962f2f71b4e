"""What the suite's players send."""

GAME = "id version status turn board { rows } offers { kind mark }"

_EVENT = f"""
  __typename version game {{ {GAME} }}
  ... on GameCreated {{ mark }} ... on MoveMade {{ mark row column }}
  ... on OfferMade {{ kind mark }} ... on OfferWithdrawn {{ kind mark }}
  ... on OfferDeclined {{ kind mark }} ... on MovesTakenBack {{ count }}
  ... on RematchAgreed {{ rematch {{ id }} }}
"""
_REFUSED = f"... on Rejection {{ code }} ... on GameRejection {{ game {{ {GAME} }} }}"
_SUCCESSES = {
    "createGame": "CreateGameSuccess",
    "joinGame": "JoinGameSuccess",
    "makeMove": "MakeMoveSuccess",
    "resign": "ResignSuccess",
    "abortGame": "AbortGameSuccess",
    "makeOffer": "MakeOfferSuccess",
    "withdrawOffer": "WithdrawOfferSuccess",
    "acceptOffer": "AcceptOfferSuccess",
    "declineOffer": "DeclineOfferSuccess",
}

COMMANDS = {
    name: f"""
mutation ($input: {name[0].upper()}{name[1:]}Input!) {{
  {name}(input: $input) {{ {_REFUSED} ... on {success} {{ game {{ {GAME} }} }} }}
}}"""
    for name, success in _SUCCESSES.items()
}

ISSUE_INTRATOKEN = """
mutation ($input: IssueIntratokenInput!) {
  issueIntratoken(input: $input) {
    ... on Rejection { code } ... on Intratoken { accessToken tokenType }
  }
}"""

READ = f"query ($id: ID!) {{ game(id: $id) {{ {GAME} }} }}"

FOLLOW = f"""
subscription ($gameId: ID!, $after: Int, $stay: Boolean! = false) {{
  gameEvents(gameId: $gameId, after: $after, stay: $stay) {{ {_EVENT} }}
}}"""
