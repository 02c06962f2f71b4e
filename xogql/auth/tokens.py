"""Tokens that say who asks: signed here, believed anywhere, until they are over or revoked."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, cast
from uuid import UUID

import jwt
from cachetools import LRUCache

from xogql.auth.refusals import AuthError
from xogql.game.identity import GameId, PlayerId

ALGORITHM = "HS256"
ISSUER = "xogql"
LONGEST = 4096
KNOWN = 10_000
"""Tokens that were read last are known again: to verify one takes 60 µs."""

REQUIRED = ("exp", "iat", "sub", "iss", "aud", "jti", "typ")

_AUTHORIZATION = re.compile(r"(bearer|intra) +([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII | re.IGNORECASE)


class TokenKind(StrEnum):
    """What a token is for, as it is said before it in `Authorization`."""

    ACCESS = "Bearer"
    INTRA = "Intra"

    @property
    def audience(self) -> str:
        """Who a token of this kind is meant for."""
        return f"{ISSUER}:{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is handed out. Its value is not shown in logs."""

    value: str = field(repr=False)
    kind: TokenKind
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says: a player, signed in."""

    player_id: PlayerId
    session: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class IntraClaims:
    """What an intratoken says: a player in one game, by a session that can be ended."""

    player_id: PlayerId
    game_id: GameId
    session: UUID
    token_id: UUID
    expires_at: datetime


class _Known(NamedTuple):
    """What a token says that was verified, and from when and until when it is good."""

    claims: AccessClaims | IntraClaims
    begins: datetime
    ends: datetime


class TokenRefusedError(AuthError):
    """This token is refused."""


class TokenExpiredError(TokenRefusedError):
    """This token is over."""


class TokenInvalidError(TokenRefusedError):
    """This is no valid token."""


class Tokens:
    """Issue tokens signed with *secret*, and read those signed with it or the *previous_secret*."""

    def __init__(
        self,
        secret: str,
        *,
        access_lifetime: timedelta,
        intra_lifetime: timedelta,
        previous_secret: str | None = None,
        leeway: timedelta = timedelta(seconds=5),
    ) -> None:
        self._secret = secret
        self._secrets = (secret, previous_secret) if previous_secret else (secret,)
        self._lifetimes = {TokenKind.ACCESS: access_lifetime, TokenKind.INTRA: intra_lifetime}
        self._leeway = leeway
        self._known: LRUCache[str, _Known] = LRUCache(KNOWN)

    def issue_access(
        self, player_id: PlayerId, session: UUID, now: datetime, lifetime: timedelta | None = None
    ) -> Token:
        """Issue an access token: it names *player_id*, and *session* until that is logged out."""
        claims = {"sub": player_id, "jti": str(session)}
        return self._issue(TokenKind.ACCESS, now, claims, lifetime)

    def issue_intra(
        self, player_id: PlayerId, game_id: GameId, session: UUID, token_id: UUID, now: datetime
    ) -> Token:
        """Issue an intratoken: it names *player_id* in *game_id*, and ends with *session*."""
        claims = {"sub": player_id, "jti": str(token_id), "sid": str(session), "gam": game_id}
        return self._issue(TokenKind.INTRA, now, claims)

    def read(self, authorization: str) -> AccessClaims | IntraClaims:
        """Return what the token in "Bearer …" or "Intra …" says. Whether it is revoked is unknown.

        Raises:
            TokenExpiredError: it was good, and is over.
            TokenInvalidError: it is nothing we signed for this use.
        """
        known = self._known.get(authorization)
        if known is not None and known.begins <= datetime.now(UTC) < known.ends:
            return known.claims
        if len(authorization) > LONGEST:
            raise TokenInvalidError
        match = _AUTHORIZATION.fullmatch(authorization)
        if match is None:
            raise TokenInvalidError
        kind = TokenKind(match[1].capitalize())
        try:
            known = self._known_by(self._verified(match[2], kind), kind)
        except jwt.ExpiredSignatureError as error:
            raise TokenExpiredError from error
        except (jwt.PyJWTError, ValueError, OverflowError) as error:
            raise TokenInvalidError from error
        self._known[authorization] = known
        return known.claims

    def _known_by(self, payload: dict[str, object], kind: TokenKind) -> "_Known":
        claims = _claims(payload, kind)
        begins = _moment(cast("int", payload["iat"])) - self._leeway
        return _Known(claims, begins, claims.expires_at + self._leeway)

    def _issue(
        self,
        kind: TokenKind,
        now: datetime,
        claims: dict[str, str],
        lifetime: timedelta | None = None,
    ) -> Token:
        expires_at = (now + (lifetime or self._lifetimes[kind])).replace(microsecond=0)
        common = {"typ": kind, "iss": ISSUER, "aud": kind.audience, "iat": now, "exp": expires_at}
        return Token(jwt.encode(common | claims, self._secret, ALGORITHM), kind, expires_at)

    def _verified(self, value: str, kind: TokenKind) -> dict[str, object]:
        *earlier, last = self._secrets
        for secret in earlier:
            try:
                return self._decoded(value, kind, secret)
            except jwt.InvalidSignatureError:
                continue
        return self._decoded(value, kind, last)

    def _decoded(self, value: str, kind: TokenKind, secret: str) -> dict[str, object]:
        return jwt.decode(
            value,
            secret,
            algorithms=[ALGORITHM],
            audience=kind.audience,
            issuer=ISSUER,
            leeway=self._leeway,
            options={"require": list(REQUIRED), "strict_aud": True},
        )


def _claims(payload: dict[str, object], kind: TokenKind) -> AccessClaims | IntraClaims:
    match kind, payload:
        case TokenKind.ACCESS, {
            "typ": TokenKind.ACCESS,
            "sub": str(player),
            "jti": str(session),
            "iat": int(),
            "exp": int(end),
        }:
            return AccessClaims(PlayerId(player), UUID(session), _moment(end))
        case TokenKind.INTRA, {
            "typ": TokenKind.INTRA,
            "sub": str(player),
            "gam": str(game),
            "sid": str(session),
            "jti": str(token),
            "iat": int(),
            "exp": int(end),
        }:
            return IntraClaims(
                PlayerId(player), GameId(game), UUID(session), UUID(token), _moment(end)
            )
        case _:
            raise TokenInvalidError


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
