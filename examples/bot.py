"""A bot that plays one game: python bot.py http://127.0.0.1:8000 [INPUT]

INPUT is that of createGame, as '{"opponent": "HOUSE", "level": "EASY"}', or of joinGame, as
'{"gameId": "game-…"}'. Without one it opens a game and plays whoever comes.
"""

import json
import random
import sys
import time
import uuid
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def command(name, success):
    kind = name[0].upper() + name[1:]
    return f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {success} }} }}"


SERVER, WISH = sys.argv[1], json.loads(sys.argv[2]) if sys.argv[2:] else {}
GUEST = "mutation { playAsGuest { ... on Session { accessToken player { id } } } }"
CREATE = command("createGame", "... on CreateGameSuccess { game { id } }")
JOIN = command("joinGame", "... on JoinGameSuccess { game { id } }")
SIT = command("issueIntratoken", "... on Intratoken { accessToken }")
MOVE = command("makeMove", "... on Rejection { code }")
FOLLOW = """subscription ($game: ID!) { gameEvents(gameId: $game) {
  game { version turn winner board { rows } players { mark player { id } } } } }"""


def choose(rows, mark):
    """Choose where to move: your idea goes here."""
    free = [(r, c) for r, row in enumerate(rows) for c, there in enumerate(row) if not there]
    return random.choice(free)


def send(query, variables, token, accept="application/json"):
    headers = {"Content-Type": "application/json", "Accept": accept, "Authorization": token}
    body = json.dumps({"query": query, "variables": variables}).encode()
    return urlopen(Request(f"{SERVER}/graphql", body, {k: v for k, v in headers.items() if v}))


def ask(query, token=None, **given):
    """Carry out a command: with a commandId it may be sent until there is an answer."""
    while True:
        try:
            if data := json.load(send(query, {"input": given}, token))["data"]:
                return next(iter(data.values()))
        except (OSError, HTTPException) as error:
            if isinstance(error, HTTPError) and error.code < 429:
                raise
        time.sleep(1)


def positions(game, token):
    """Give the game as it is, then after each event; when the connection broke, begin anew."""
    while True:
        try:
            for line in send(FOLLOW, {"game": game}, token, "text/event-stream"):
                if line.startswith(b"data: {"):
                    yield json.loads(line[6:])["data"]["gameEvents"]["game"]
                elif line.startswith(b"event: complete"):
                    return
        except (OSError, HTTPException):
            time.sleep(1)


guest = ask(GUEST)
account = f"Bearer {guest['accessToken']}"
wish = {"commandId": str(uuid.uuid4()), **WISH}
game = ask(JOIN if "gameId" in WISH else CREATE, account, **wish)["game"]["id"]
seat = f"Intra {ask(SIT, account, gameId=game)['accessToken']}"
for seen in positions(game, seat):
    rows, me = seen["board"]["rows"], guest["player"]["id"]
    mark = next(each["mark"] for each in seen["players"] if each["player"]["id"] == me)
    if seen["turn"] == mark and any(None in row for row in rows):
        row, column = choose(rows, mark)
        known = {"expectedVersion": seen["version"], "commandId": str(uuid.uuid4())}
        ask(MOVE, seat, gameId=game, row=row, column=column, **known)
print(json.dumps({"game": game, "mark": mark, "winner": seen["winner"]}))
