"""Those who ask, each with a token of another kind, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.e2e.clients import PASSWORD, Client, Match, Player, Seat, as_guest, signed_up
from tests.e2e.servers import SECRET
from xogql.auth.tokens import AccessClaims, Tokens
from xogql.game import GameId, PlayerId

_HOUR = timedelta(hours=1)
_OURS = Tokens(SECRET, access_lifetime=_HOUR, intra_lifetime=_HOUR)
_OVER = Tokens(SECRET, access_lifetime=-_HOUR, intra_lifetime=-_HOUR)
_FORGED = Tokens(f"not {SECRET}", access_lifetime=_HOUR, intra_lifetime=_HOUR)


@dataclass(frozen=True)
class Callers:
    """*match*: the game that is asked about; *elsewhere*: another one of the same players.

    *spectator*: follows the game meanwhile, as *other* does not; *gone*: whose session is over.
    """

    match: Match
    elsewhere: Match
    seated: Player
    other: Player
    spectator: Player
    guest: Player
    gone: Player
    gone_seat: Seat

    async def authorization_of(self, name: str, *, fresh: bool) -> str | None:
        """Give what a caller sends; *fresh*: of a player whom nobody else needs."""
        if fresh and name in {"other player", "spectator", "seated", "guest"}:
            return await self._passing(name)
        return self._tokens()[name]

    async def _passing(self, name: str) -> str | None:
        server = self.other.server
        player = await (as_guest(server) if name == "guest" else signed_up(server, "passing"))
        if name == "seated":
            await player.create()
        return player.authorization

    def _tokens(self) -> Mapping[str, str | None]:
        seated, seat = self.seated, self.match.x
        return {
            "nobody": None,
            "other player": self.other.authorization,
            "spectator": self.spectator.authorization,
            "guest": self.guest.authorization,
            "seated": seated.authorization,
            "seat": seat.authorization,
            "opponent's seat": self.match.o.authorization,
            "seat elsewhere": self.elsewhere.x.authorization,
            "expired": _access(_OVER, seated),
            "expired seat": _intra(_OVER, seat, seated),
            "revoked": self.gone.authorization,
            "revoked seat": self.gone_seat.authorization,
            "forged": _access(_FORGED, seated),
            "forged seat": _intra(_FORGED, seat, seated),
            "another's session": _access(_OURS, seated, of=self.other),
        }


async def logged_in_again(player: Player) -> Player:
    session = await Client(player.server).wish("login", username=player.username, password=PASSWORD)
    return player.saying(f"Bearer {session['accessToken']}")


def _claims(player: Player) -> AccessClaims:
    claims = _OURS.read(player.authorization or "")
    assert isinstance(claims, AccessClaims)
    return claims


def _access(tokens: Tokens, player: Player, of: Player | None = None) -> str:
    session, now = _claims(of or player).session, datetime.now(UTC)
    token = tokens.issue_access(PlayerId(player.id), session, now)
    return f"{token.kind} {token.value}"


def _intra(tokens: Tokens, seat: Seat, player: Player) -> str:
    session, now = _claims(player).session, datetime.now(UTC)
    token = tokens.issue_intra(PlayerId(player.id), GameId(seat.game_id), session, uuid4(), now)
    return f"{token.kind} {token.value}"
