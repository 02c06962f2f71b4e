"""Who may do what, with which token, for how long."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import jwt
import pytest
from websockets import ConnectionClosed

from tests.e2e.clients import PASSWORD, Client, Match, Player, Seat, signed_up
from tests.e2e.servers import SECRET, Server, running
from tests.e2e.sockets import RefusedError, connected, introduced
from xogql.auth.tokens import AccessClaims, Tokens
from xogql.game import GameId, PlayerId

ME = "{ me { id } }"
LOGOUT = "mutation { logout { player { id } } }"
LOGOUT_EVERYWHERE = "mutation { logoutEverywhere { player { id } } }"

HOUR = timedelta(hours=1)
OURS = Tokens(SECRET, access_lifetime=HOUR, intra_lifetime=HOUR)
FOREIGN = Tokens(f"not {SECRET}", access_lifetime=HOUR, intra_lifetime=HOUR)
OVER = Tokens(SECRET, access_lifetime=-HOUR, intra_lifetime=-HOUR)


def value_of(player: Player) -> str:
    assert player.authorization is not None
    return player.authorization.partition(" ")[2]


def session_of(player: Player) -> AccessClaims:
    claims = OURS.read(player.authorization or "")
    assert isinstance(claims, AccessClaims)
    return claims


def made_by(tokens: Tokens, player: Player, player_id: str = "") -> str:
    """A token with the claims of a player's own, or others."""
    claims, now = session_of(player), datetime.now(UTC)
    token = tokens.issue_access(PlayerId(player_id or player.id), claims.session, now)
    return f"{token.kind} {token.value}"


def intra_made_by(tokens: Tokens, seat: Seat, player: Player) -> str:
    claims, now = session_of(player), datetime.now(UTC)
    token = tokens.issue_intra(
        PlayerId(player.id), GameId(seat.game_id), claims.session, uuid4(), now
    )
    return f"{token.kind} {token.value}"


def unsigned(player: Player) -> str:
    claims = jwt.decode(value_of(player), options={"verify_signature": False})
    return f"Bearer {jwt.encode(claims, None, algorithm='none')}"


async def logged_in_again(player: Player) -> Player:
    session = await Client(player.server).wish("login", username=player.username, password=PASSWORD)
    return player.saying(f"Bearer {session['accessToken']}")


async def refused_at(server: Server, authorization: str) -> tuple[int, str, int, str]:
    """How a token is refused: status and code over HTTP, close code and reason by socket."""
    response = await Client(server, authorization).post(ME)
    [error] = response.json()["errors"]
    with pytest.raises(ConnectionClosed) as closed:
        async with introduced(server.socket_url, authorization):
            pass
    assert closed.value.rcvd is not None
    frame = closed.value.rcvd
    return response.status_code, error["extensions"]["code"], frame.code, frame.reason


def refusal(code: str) -> tuple[int, str, int, str]:
    return 401, code, 4403, code


async def test_a_token_made_like_the_servers_is_good(match: Match, ann: Player) -> None:
    assert await ann.saying(made_by(OURS, ann)).ask(ME) == {"me": {"id": ann.id}}
    own = match.x.saying(intra_made_by(OURS, match.x, ann))
    assert (await own.move(0, 0))["game"]["version"] == 3


async def test_a_foreign_token_is_refused(match: Match, ann: Player, there: Server) -> None:
    for token in (made_by(FOREIGN, ann), intra_made_by(FOREIGN, match.x, ann)):
        assert await refused_at(there, token) == refusal("TOKEN_INVALID")


async def test_an_expired_token_is_refused(match: Match, ann: Player, there: Server) -> None:
    for token in (made_by(OVER, ann), intra_made_by(OVER, match.x, ann)):
        assert await refused_at(there, token) == refusal("TOKEN_EXPIRED")


async def test_a_token_of_one_kind_is_none_of_the_other(match: Match, ann: Player) -> None:
    for token in (f"Intra {value_of(ann)}", f"Bearer {value_of(match.x)}"):
        assert await refused_at(ann.server, token) == refusal("TOKEN_INVALID")


async def test_a_token_of_nobody_is_refused(ann: Player) -> None:
    token = made_by(OURS, ann, f"player-{uuid4()}")

    assert await refused_at(ann.server, token) == refusal("TOKEN_INVALID")


async def test_a_token_of_another_players_session_is_refused(ann: Player, bob: Player) -> None:
    token = made_by(OURS, ann, bob.id)

    assert await refused_at(ann.server, token) == refusal("TOKEN_REVOKED")


@pytest.mark.parametrize(
    "garbage",
    ["Bearer", "Bearer x", "Bearer a.b.c", "Intra a.b.c", "Basic YTpi", "a.b.c", "",
     "Bearer " + "x" * 5000],
)  # fmt: skip
async def test_garbage_is_refused(ann: Player, garbage: str) -> None:
    assert await refused_at(ann.server, garbage) == refusal("TOKEN_INVALID")


async def test_an_unsigned_token_is_refused(ann: Player) -> None:
    assert await refused_at(ann.server, unsigned(ann)) == refusal("TOKEN_INVALID")


async def test_a_changed_token_is_refused(ann: Player) -> None:
    header, claims, signature = value_of(ann).split(".")
    swapped = signature[::-1]

    assert await refused_at(ann.server, f"Bearer {header}.{claims}.{swapped}") == refusal(
        "TOKEN_INVALID"
    )


@pytest.mark.parametrize("name", ["authorization", "Authorization", "AUTHORIZATION"])
async def test_the_key_of_the_payload_is_in_any_case(ann: Player, name: str) -> None:
    async with introduced(ann.server.socket_url, None) as anonymous:
        with pytest.raises(RefusedError):
            await anonymous.ask(ME)
    async with connected(ann.server.socket_url) as socket:
        await socket.send("connection_init", payload={name: ann.authorization})
        assert await socket.receive() == {"type": "connection_ack"}
        assert await socket.ask(ME) == {"me": {"id": ann.id}}


async def test_logging_out_is_known_to_the_other_process_at_once(
    here: Server, there: Server
) -> None:
    ann = await signed_up(here, "ann")
    elsewhere = ann.on(there)
    assert await elsewhere.ask(ME) == {"me": {"id": ann.id}}

    await ann.ask(LOGOUT)

    assert await refused_at(there, ann.authorization or "") == refusal("TOKEN_REVOKED")
    assert await refused_at(here, ann.authorization or "") == refusal("TOKEN_REVOKED")


async def test_logging_out_closes_the_sockets_on_every_process(here: Server, there: Server) -> None:
    ann = await signed_up(here, "ann")
    seat = await ann.seated(await ann.create())
    async with (
        ann.socket() as one,
        ann.on(there).socket() as two,
        seat.on(there).socket() as three,
    ):
        await ann.ask(LOGOUT)

        for each in (one, two, three):
            assert await each.closed() == (4403, "TOKEN_REVOKED")


async def test_logging_out_revokes_the_intratokens_of_the_session(
    here: Server, there: Server
) -> None:
    ann = await signed_up(here, "ann")
    seat = await ann.seated(await ann.create())

    await ann.ask(LOGOUT)

    for server in (here, there):
        assert await refused_at(server, seat.authorization or "") == refusal("TOKEN_REVOKED")


async def test_logging_out_leaves_the_other_sessions(here: Server, there: Server) -> None:
    ann = await signed_up(here, "ann")
    again = await logged_in_again(ann.on(there))
    seat = await again.seated(await again.create())

    async with again.socket() as socket:
        await ann.ask(LOGOUT)
        assert await again.ask(ME) == {"me": {"id": ann.id}}
        assert await socket.ask(ME) == {"me": {"id": ann.id}}
        assert (await seat.game(seat.game_id))["status"] == "WAITING"


async def test_logging_out_everywhere_ends_all_sessions(here: Server, there: Server) -> None:
    ann = await signed_up(here, "ann")
    again = await logged_in_again(ann.on(there))
    async with ann.socket() as one, again.socket() as other:
        await again.ask(LOGOUT_EVERYWHERE)

        for each, player in ((one, ann), (other, again)):
            assert await each.closed() == (4403, "TOKEN_REVOKED")
            token = player.authorization or ""
            assert await refused_at(here, token) == refusal("TOKEN_REVOKED")

    assert await (await logged_in_again(ann)).ask(ME) == {"me": {"id": ann.id}}


async def test_logging_out_by_socket_closes_that_socket_too(here: Server) -> None:
    ann = await signed_up(here, "ann")

    async with ann.socket() as socket:
        await socket.begin(LOGOUT)
        assert await socket.closed() == (4403, "TOKEN_REVOKED")


async def test_a_token_that_expires_closes_its_socket(
    shared_database_url: str, tmp_path: Path
) -> None:
    settings = {"access_lifetime": "PT2S", "intra_lifetime": "PT2S"}
    async with running(shared_database_url, tmp_path, **settings) as server:
        ann = await signed_up(server, "ann")
        seat = await ann.seated(await ann.create())
        async with ann.socket() as one, seat.socket() as other:
            for each in (one, other):
                assert await each.closed() == (4403, "TOKEN_EXPIRED")


async def test_an_intratoken_outlives_the_access_token_it_came_of(
    shared_database_url: str, tmp_path: Path
) -> None:
    async with running(shared_database_url, tmp_path, access_lifetime="PT1S") as server:
        ann = await signed_up(server, "ann")
        seat = await ann.seated(await ann.create())
        async with ann.socket() as socket:
            await socket.closed()
        await logged_in_again(ann)

        assert (await seat.game(seat.game_id))["status"] == "WAITING"


async def test_nobody_acts_as_another(match: Match, ann: Player, bob: Player) -> None:
    answer = await match.o.move(0, 0)
    assert answer["code"] == "NOT_YOUR_TURN"

    with pytest.raises(RefusedError) as refused:
        await Seat(ann.server, bob.authorization, bob.id, bob.username, match.id).move(0, 0)
    assert refused.value.codes == ["FORBIDDEN"]


async def test_only_who_is_seated_gets_an_intratoken(match: Match, eve: Player) -> None:
    answer = await eve.wish("issueIntratoken", gameId=match.id)

    assert (answer["__typename"], answer["code"]) == ("GameRejection", "NOT_A_PLAYER")
    assert answer["game"]["id"] == match.id
