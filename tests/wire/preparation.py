"""What our server needs to have before the checks: somebody signed in, and a game that is over."""

import asyncio
import json
from secrets import token_hex

from tests.wire.connections import PATIENCE, Connector, Json, Wire
from tests.wire.dialects import Dialect, xogql


def _wish(mutation: str, success: str) -> str:
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    return (
        f"mutation ($input: {kind}!)"
        f" {{ answer: {mutation}(input: $input) {{ __typename ... on {success} }} }}"
    )


_SIGN_UP = _wish("signUp", "Session { tokenType accessToken }")
_CREATE = _wish("createGame", "CreateGameSuccess { game { id } }")
_TAKE_SEAT = _wish("issueIntratoken", "Intratoken { tokenType accessToken }")
_CANCEL = _wish("cancelGame", "CancelGameSuccess { game { id } }")


async def signed_in(url: str, authorization: str | None = None) -> Connector:
    """Connect as who has that token, or as somebody new."""
    if authorization is None:
        async with Connector(url).acknowledged() as wire:
            wished = {"username": f"wire-{token_hex(8)}", "password": token_hex(16)}
            authorization = _token(await _answer(wire, _SIGN_UP, wished))
    return Connector(url, {"authorization": authorization})


async def prepared(connector: Connector) -> Dialect:
    """Create a game and cancel it, on one socket: the cancelling by the seat's own token."""
    async with connector.acknowledged() as wire:
        game_id = (await _answer(wire, _CREATE, {}))["game"]["id"]
        seat = _token(await _answer(wire, _TAKE_SEAT, {"gameId": game_id}))
        extensions = {"authorization": seat}
        await _answer(wire, _CANCEL, {"gameId": game_id}, extensions=extensions)
    return xogql(game_id)


async def _answer(wire: Wire, mutation: str, wished: Json, **payload: Json) -> Json:
    await wire.subscribe("a", mutation, variables={"input": wished}, **payload)
    async with asyncio.timeout(PATIENCE):
        result, _complete = [json.loads(await wire.connection.recv()) for _ in range(2)]
    return result["payload"]["data"]["answer"]


def _token(answer: Json) -> str:
    return f"{answer['tokenType']} {answer['accessToken']}"
