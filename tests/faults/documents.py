"""What the suite's players send."""

GAME = "id version status turn board { rows }"

_EVENT = f"""
  __typename version game {{ {GAME} }}
  ... on GameCreated {{ mark }} ... on MoveMade {{ mark row column }}
"""
_REFUSED = f"... on Rejection {{ code }} ... on GameRejection {{ game {{ {GAME} }} }}"
_SUCCESSES = {
    "createGame": "CreateGameSuccess",
    "joinGame": "JoinGameSuccess",
    "makeMove": "MakeMoveSuccess",
    "resign": "ResignSuccess",
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
subscription ($gameId: ID!, $after: Int) {{
  gameEvents(gameId: $gameId, after: $after) {{ {_EVENT} }}
}}"""
