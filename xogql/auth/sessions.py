"""Sessions: begun, renewed and ended, each by an event of their player's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from xogql import player
from xogql.auth.credentials import Credentials
from xogql.auth.passwords import Passwords
from xogql.auth.throttle import Limits, Throttle
from xogql.auth.tokens import AccessClaims, Token, TokenRefusedError, Tokens
from xogql.game import PlayerId
from xogql.play.handler import Accepted, Handler, Order
from xogql.store.codec import PLAYERS
from xogql.store.event_store import Stream
from xogql.store.states import States


class TokenRevokedError(TokenRefusedError):
    """The session of this token was logged out."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who has logged in, and the access token that says so."""

    player_id: PlayerId
    token: Token


@dataclass(frozen=True, slots=True)
class Door:
    """What guards the accounts: hashes, how they are compared, how often, what is handed out."""

    credentials: Credentials
    passwords: Passwords
    throttle: Throttle
    limits: Limits
    tokens: Tokens
    guest_lifetime: timedelta
    now: Callable[[], datetime]


class Sessions:
    """The use cases of being signed in. A guest's tokens live longer: there is no password."""

    def __init__(
        self,
        door: Door,
        handler: Handler[player.Command, player.Player, player.Event],
        states: States[player.Player, player.Event],
    ) -> None:
        self._door = door
        self._handler = handler
        self._states = states

    async def kind_of(self, player_id: PlayerId) -> player.Kind | None:
        """Tell what a player is, if there is one."""
        state = (await self._states.load(Stream(PLAYERS, player_id))).state
        return state.kind if isinstance(state, player.Registered) else None

    async def begin(
        self,
        player_id: PlayerId,
        command: Callable[[UUID, int, int], player.Command],
        *,
        kind: player.Kind = player.Kind.MEMBER,
    ) -> Session:
        """Carry out what begins a session, and hand out its token.

        Raises:
            TakenError: if the command takes a name that another has.
        """
        return await self._prolong(player_id, uuid4(), command, kind)

    async def renew(self, claims: AccessClaims) -> Session:
        """Hand out another token for a session, good from now on.

        Raises:
            TokenRevokedError: if the session is over.
        """
        kind = await self.kind_of(claims.player_id)
        return await self._prolong(claims.player_id, claims.session, player.RenewSession, kind)

    async def log_out(self, claims: AccessClaims) -> None:
        """End this session: its tokens are refused from now on."""
        await self.carry_out(claims.player_id, player.LogOut(claims.session))

    async def log_out_everywhere(self, claims: AccessClaims) -> None:
        """End all of the player's sessions."""
        await self.carry_out(claims.player_id, player.LogOutEverywhere(claims.session))

    async def carry_out(self, player_id: PlayerId, command: player.Command) -> None:
        """Carry out a player's command.

        Raises:
            TokenRevokedError: if it needs a session, and that is over.
            CommandRejectedError: if it may not be for another reason.
        """
        answer = await self._handler.handle(Stream(PLAYERS, player_id), Order(command, player_id))
        if isinstance(answer, Accepted):
            return
        if isinstance(answer.reason, player.SessionOverError | player.PlayerNotFoundError):
            raise TokenRevokedError
        raise answer.reason

    async def _prolong(
        self,
        player_id: PlayerId,
        session: UUID,
        command: Callable[[UUID, int, int], player.Command],
        kind: player.Kind | None,
    ) -> Session:
        lifetime = self._door.guest_lifetime if kind is player.Kind.GUEST else None
        now = self._door.now()
        token = self._door.tokens.issue_access(player_id, session, now, lifetime)
        seconds = int(now.timestamp()), int(token.expires_at.timestamp())
        await self.carry_out(player_id, command(session, *seconds))
        return Session(player_id, token)
