"""A private game is as one that does not exist, whatever of the schema a stranger asks."""

import json
from dataclasses import dataclass

import pytest

from tests.e2e.clients import Client, Match, Player, signed_up
from tests.e2e.servers import Server
from tests.e2e.sockets import RefusedError
from tests.security.questions import Question, questions
from xogql.store.codec import GAMES
from xogql.store.names import new_name

QUESTIONS = {each.name: each for each in questions()}
NAMING = sorted(name for name, question in QUESTIONS.items() if question.takes)
READING = {"createGame", "game", "gameEvents", "gamePresence", "node"}
READING |= {"joinGame", "issueIntratoken"}
"""What names a game and can be asked with an access token."""


@dataclass(frozen=True)
class Hidden:
    """Two private games of ann's: one that waits, one that is played."""

    ann: Player
    eve: Player
    waiting: str
    match: Match
    invites: dict[str, str]
    elsewhere: Client


@pytest.fixture(scope="module")
async def hidden(server: Server, ann: Player, bob: Player) -> Hidden:
    eve = await signed_up(server, "eve")
    ids = [await ann.create(visibility="PRIVATE") for _ in range(2)]
    invites = {each: (await ann.own(each))["invite"] for each in ids}
    waiting, played = ids
    await bob.wish("joinGame", gameId=played, invite=invites[played])
    match = Match(played, await ann.seated(played), await bob.seated(played))
    await match.play((1, 1), (0, 0))
    elsewhere = await eve.seated(await eve.create())
    return Hidden(ann, eve, waiting, match, invites, elsewhere)


async def answer(client: Client, question: Question, game_id: str, invite: str | None) -> str:
    """Give the first answer as it came, with another's id in the place of the game's."""
    variables = question.about(game_id, invite)
    if question.document.startswith("subscription"):
        async with client.socket() as socket:
            try:
                begun = await socket.begin(question.document, **variables)
                text = json.dumps(await anext(begun))
            except RefusedError as refused:
                text = json.dumps(refused.errors)
    else:
        response = await client.post(question.document, **variables)
        text = f"{response.status_code} {response.text}"
    return text.replace(game_id, "GAME")


@pytest.mark.parametrize("name", NAMING)
@pytest.mark.parametrize("invite", [None, "none", "another's"])
async def test_it_is_not_there_for_strangers(hidden: Hidden, name: str, invite: str | None) -> None:
    nowhere = new_name(GAMES)
    for caller in (hidden.eve, hidden.elsewhere, hidden.eve.saying(None)):
        for game_id in (hidden.waiting, hidden.match.id):
            [other] = hidden.invites.keys() - {game_id}
            given = hidden.invites[other] if invite == "another's" else invite
            told = await answer(caller, QUESTIONS[name], game_id, given)

            assert told == await answer(caller, QUESTIONS[name], nowhere, given)
            assert "GRAPHQL_VALIDATION_FAILED" not in told
            assert "TOO_LARGE" not in told


@pytest.mark.parametrize("name", [*sorted(QUESTIONS.keys() - set(NAMING)), "node"])
async def test_nothing_that_a_stranger_reads_tells_of_it(
    hidden: Hidden, bob: Player, name: str
) -> None:
    secrets = [hidden.waiting, hidden.match.id, *hidden.invites.values()]
    for player in (hidden.ann, bob):
        told = await answer(hidden.eve, QUESTIONS[name], player.id, None)

        assert [each for each in secrets if each in told] == []
        assert "GRAPHQL_VALIDATION_FAILED" not in told
        assert "TOO_LARGE" not in told


@pytest.mark.parametrize("name", ["me", "myGames", "node"])
async def test_its_players_read_of_it(hidden: Hidden, name: str) -> None:
    told = await answer(hidden.ann, QUESTIONS[name], hidden.ann.id, None)

    assert hidden.waiting in told
    assert hidden.match.id in told


@pytest.mark.parametrize("name", sorted(READING))
async def test_it_is_there_for_its_players(hidden: Hidden, name: str) -> None:
    told = await answer(hidden.ann, QUESTIONS[name], hidden.match.id, None)
    assert "NOT_FOUND" not in told
    assert "null}" not in told


async def test_it_is_there_for_who_has_a_seat_or_an_invite(hidden: Hidden) -> None:
    game_id = hidden.match.id

    assert (await hidden.match.o.own(game_id))["viewerMark"] == "O"
    invited = await hidden.eve.own(game_id, invite=hidden.invites[game_id])
    assert (invited["id"], invited["viewerMark"]) == (game_id, None)


def test_the_table_knows_every_field_that_names_a_game() -> None:
    seats = {"makeMove", "resign", "cancelGame", "abortGame"}
    seats |= {"makeOffer", "withdrawOffer", "acceptOffer", "declineOffer"}

    assert set(NAMING) == READING | seats
