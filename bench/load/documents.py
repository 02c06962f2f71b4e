"""The documents that every server is asked with."""

import json
import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

SIGN_UP = """mutation($input: SignUpInput!) { signUp(input: $input) {
  ... on Session { accessToken } ... on Rejection { code message } } }"""
CREATE = """mutation($input: CreateGameInput!) { createGame(input: $input) {
  ... on CreateGameSuccess { game { id } } ... on Rejection { code message } } }"""
JOIN = """mutation($input: JoinGameInput!) { joinGame(input: $input) {
  ... on JoinGameSuccess { game { version } } ... on Rejection { code message } } }"""
ISSUE = """mutation($input: IssueIntratokenInput!) { issueIntratoken(input: $input) {
  ... on Intratoken { accessToken } ... on Rejection { code message } } }"""

MOVE = """mutation MakeMove($input: MakeMoveInput!) {
  makeMove(input: $input) {
    __typename
    ... on MakeMoveSuccess { game { id version status turn winner } }
    ... on GameRejection { code message game { id version } }
  }
}"""
FOLLOW = """subscription GameEvents($gameId: ID!, $after: Int) {
  gameEvents(gameId: $gameId, after: $after) {
    __typename
    version
    game { id version status turn }
    ... on MoveMade { mark row column }
    ... on GameEnded { ending winner }
  }
}"""
BOARD = "game { id version status turn board { rows } }"
"""What a page shows that keeps no board itself."""


def text(value: object) -> bytes:
    """Write as a client does, without spaces."""
    return json.dumps(value, separators=(",", ":")).encode()


def request(query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Make what is posted, or stands in a `subscribe` message."""
    return {"query": query, "variables": variables}


def move(game_id: str, cell: tuple[int, int], *, board: bool = False) -> dict[str, Any]:
    """Make the request that writes a mark, once; *board*: and wants to see where it stands then."""
    row, column = cell
    command = {"gameId": game_id, "row": row, "column": column, "commandId": str(uuid4())}
    return request(_showing(MOVE, board=board), {"input": command})


def follow(game_id: str, after: int, *, board: bool = False) -> dict[str, Any]:
    """Make the request for a game's events past a version."""
    return request(_showing(FOLLOW, board=board), {"gameId": game_id, "after": after})


def _showing(document: str, *, board: bool) -> str:
    return re.sub(r"game \{ id version status turn[^}]*\}", BOARD, document) if board else document


def subscribe(operation: str, payload: Mapping[str, Any]) -> bytes:
    """Write the message that begins an operation on a socket."""
    return text({"id": operation, "type": "subscribe", "payload": payload})
