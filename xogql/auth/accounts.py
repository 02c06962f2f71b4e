"""Signing up, logging in and out, and the tokens that come of it: each an event of the player's."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from xogql import game, player
from xogql.auth.credentials import Credentials
from xogql.auth.passwords import OverloadedError, Passwords, check_password, check_username
from xogql.auth.refusals import (
    UsernameNotAllowedError,
    UsernameTakenError,
    WrongCredentialsError,
)
from xogql.auth.throttle import (
    Limits,
    Throttle,
    address_key,
    name_key,
    sign_up_key,
)
from xogql.auth.tokens import (
    AccessClaims,
    Token,
    TokenInvalidError,
    Tokens,
)
from xogql.auth.vigil import Claims, Over, TokenRevokedError, Vigil, Watch, is_in
from xogql.game import GameId, NotAPlayerError, PlayerId
from xogql.live.jobs import running
from xogql.play.handler import Accepted, Handler, Order
from xogql.readmodels.players import Players
from xogql.store.codec import GAMES, PLAYERS
from xogql.store.event_store import Stream, TakenError, UnavailableError
from xogql.store.names import new_name
from xogql.store.outages import outages
from xogql.store.states import States


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
    now: Callable[[], datetime]


class Accounts:
    """The use cases of who asks."""

    def __init__(
        self,
        door: Door,
        handler: Handler[player.Command, player.Player, player.Event],
        states: States[player.Player, player.Event],
        games: States[game.State, game.Event],
        players: Players,
        vigil: Vigil,
    ) -> None:
        self._door = door
        self._handler = handler
        self._states = states
        self._games = games
        self._players = players
        self._vigil = vigil

    async def sign_up(self, username: str, password: str, address: str) -> Session:
        """Make a player and log them in.

        Raises:
            AuthRefusedError: if the name or password may not be, is taken, or too many were made.
            OverloadedError: if too many passwords wait.
            EventStoreError: if the log or what stands beside it cannot be reached.
        """
        check_username(username)
        check_password(password)
        limit = self._door.limits.sign_ups_per_address
        with outages(UnavailableError):
            await self._door.throttle.take(sign_up_key(address), limit)
            if await self._players.named(username) is not None:
                raise UsernameTakenError
            player_id = PlayerId(new_name(PLAYERS))
            # Kept first: a hash without a player is harmless, a player without a hash locked out.
            await self._keep(player_id, password)
            try:
                return await self._begin(player_id, partial(player.SignUp, username))
            except TakenError as error:
                await self._door.credentials.forget(player_id)
                raise UsernameTakenError from error

    async def log_in(self, username: str, password: str, address: str) -> Session:
        """Begin a session; an unknown name costs and answers what a wrong password does.

        Raises:
            AuthRefusedError: if the name or password is wrong, or guessed too fast.
            OverloadedError: if too many passwords wait.
            EventStoreError: if the log or what stands beside it cannot be reached.
        """
        limits = self._door.limits
        with outages(UnavailableError):
            await self._door.throttle.take(address_key(address), limits.logins_per_address)
            await self._door.throttle.take(name_key(username), limits.logins_per_name)
            player_id, hashed = await self._find(username) or (None, None)
            right = await self._door.passwords.verify(password, hashed)
            if player_id is None or hashed is None or not right:
                raise WrongCredentialsError
            await self._door.throttle.forget(name_key(username))
            if self._door.passwords.needs_rehash(hashed):
                with suppress(OverloadedError):
                    await self._keep(player_id, password)
            return await self._begin(player_id, player.LogIn)

    async def log_out(self, claims: AccessClaims) -> None:
        """End this session: its tokens are refused from now on."""
        await self._carry_out(claims.player_id, player.LogOut(claims.session))

    async def log_out_everywhere(self, claims: AccessClaims) -> None:
        """End all of the player's sessions."""
        await self._carry_out(claims.player_id, player.LogOutEverywhere(claims.session))

    async def issue_intratoken(self, claims: AccessClaims, game_id: GameId) -> Token:
        """Issue a token that is good for one game, to a player who is seated in it.

        Raises:
            CommandRejectedError: if there is no such game, or the player has no seat.
        """
        folded = await self._games.load(Stream(GAMES, game_id))
        if isinstance(folded.state, game.Absent):
            raise game.GameNotFoundError
        if folded.state.mark_of(claims.player_id) is None:
            raise NotAPlayerError
        token_id = uuid4()
        token = self._door.tokens.issue_intra(
            claims.player_id, game_id, claims.session, token_id, self._door.now()
        )
        ends = int(token.expires_at.timestamp())
        await self._carry_out(
            claims.player_id, player.IssueIntratoken(game_id, token_id, claims.session, ends)
        )
        return token

    async def claims_of(self, authorization: str) -> Claims:
        """Tell who asks, by the value of `Authorization`; the log knows whom it was revoked.

        Raises:
            TokenRefusedError: if the token is expired, revoked or none of ours.
        """
        claims = self._door.tokens.read(authorization)
        folded = await self._states.load(Stream(PLAYERS, claims.player_id))
        if isinstance(folded.state, player.Nobody):
            raise TokenInvalidError
        if not is_in(folded.state, claims.session):
            raise TokenRevokedError
        return claims

    def watch(self, claims: Claims, over: Over) -> Watch:
        """See Vigil."""
        return self._vigil.watch(claims, over)

    async def over(self, claims: Claims) -> Exception:
        """Wait until a token is good no more, and tell why, or why that cannot be told any more."""
        told: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()
        watch = self.watch(claims, told.set_result)
        try:
            return await told
        finally:
            watch.end()

    @asynccontextmanager
    async def while_good(self, claims: Claims | None) -> AsyncGenerator[None]:
        """Break off what the block does for a token, if there is one, when it is good no more.

        Raises:
            TokenRefusedError: then.
            EventStoreError: if that cannot be told any more.
        """
        if claims is None:
            yield
            return
        scope, reasons = asyncio.timeout(None), list[Exception]()
        try:
            async with running(partial(self._break_off, claims, scope, reasons)), scope:
                yield
        except TimeoutError:
            if reasons:
                raise reasons[0] from None
            raise

    async def _break_off(
        self, claims: Claims, scope: asyncio.Timeout, reasons: list[Exception]
    ) -> None:
        reasons.append(await self.over(claims))
        scope.reschedule(asyncio.get_running_loop().time())

    async def _find(self, username: str) -> tuple[PlayerId, str] | None:
        """Find a player and their hash; a name that none may have is not even looked for."""
        with suppress(UsernameNotAllowedError):
            check_username(username)
            return await self._door.credentials.find(username)
        return None

    async def _keep(self, player_id: PlayerId, password: str) -> None:
        await self._door.credentials.keep(player_id, await self._door.passwords.hash(password))

    async def _begin(
        self, player_id: PlayerId, command: Callable[[UUID, int, int], player.Command]
    ) -> Session:
        session, now = uuid4(), self._door.now()
        token = self._door.tokens.issue_access(player_id, session, now)
        seconds = int(now.timestamp()), int(token.expires_at.timestamp())
        await self._carry_out(player_id, command(session, *seconds))
        return Session(player_id, token)

    async def _carry_out(self, player_id: PlayerId, command: player.Command) -> None:
        order = Order(command, player_id)
        answer = await self._handler.handle(Stream(PLAYERS, player_id), order)
        if isinstance(answer, Accepted):
            return
        if isinstance(answer.reason, player.SessionOverError):
            raise TokenRevokedError
        raise answer.reason
