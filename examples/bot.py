"""A bot: python bot.py http://127.0.0.1:8000 '{"opponent": "HOUSE"}', or '{"gameId": "game-…"}'."""

import json
import random
import sys
from uuid import uuid4

from gql import Client, GraphQLRequest
from gql.transport.httpx import HTTPXTransport
from gql.transport.websockets import WebsocketsTransport

SERVER, WISH = sys.argv[1], {"commandId": str(uuid4()), **json.loads(sys.argv[2])}
GUEST = "mutation { playAsGuest { ... on Session { accessToken } } }"
CREATE = """mutation ($input: CreateGameInput!) {
  createGame(input: $input) { ... on CreateGameSuccess { game { id } } } }"""
JOIN = """mutation ($input: JoinGameInput!) {
  joinGame(input: $input) { ... on JoinGameSuccess { game { id } } } }"""
SIT = """mutation ($input: IssueIntratokenInput!) {
  issueIntratoken(input: $input) { ... on Intratoken { accessToken } } }"""
MOVE = "mutation ($input: MakeMoveInput!) { makeMove(input: $input) { ... on Rejection { code } } }"
FOLLOW = """subscription ($game: ID!) { gameEvents(gameId: $game) {
  game { version turn viewerMark winner board { rows } } } }"""


def choose(free, rows, mark):  # your idea goes here
    return random.choice(free)


def ask(query, who, **given):
    client = Client(transport=HTTPXTransport(f"{SERVER}/graphql", headers=who))
    return client.execute(GraphQLRequest(query, variable_values={"input": given})).popitem()[1]


def play(game, seat):
    client = Client(transport=WebsocketsTransport(f"ws{SERVER[4:]}/graphql", init_payload=seat))
    for news in client.subscribe(GraphQLRequest(FOLLOW, variable_values={"game": game})):
        seen = news["gameEvents"]["game"]
        rows, mark = seen["board"]["rows"], seen["viewerMark"]
        free = [(r, c) for r, row in enumerate(rows) for c, held in enumerate(row) if not held]
        if free and seen["turn"] == mark:
            row, column = choose(free, rows, mark)
            move = {"gameId": game, "row": row, "column": column, "commandId": str(uuid4())}
            ask(MOVE, seat, **move, expectedVersion=seen["version"])
    return {"game": game, "mark": mark, "winner": seen["winner"]}


account = {"Authorization": f"Bearer {ask(GUEST, {})['accessToken']}"}
game = ask(JOIN if "gameId" in WISH else CREATE, account, **WISH)["game"]["id"]
seat = {"Authorization": f"Intra {ask(SIT, account, gameId=game)['accessToken']}"}
print(json.dumps(play(game, seat)))
