"""Logging in, and the tokens that come of it: what they are good for, and how long."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import partial
from uuid import uuid4

from xogql import game, player
from xogql.auth.passwords import OverloadedError, check_username
from xogql.auth.refusals import (
    UsernameNotAllowedError,
    WrongCredentialsError,
)
from xogql.auth.sessions import Door, Session, Sessions, TokenRevokedError
from xogql.auth.throttle import (
    address_key,
    name_key,
)
from xogql.auth.tokens import (
    AccessClaims,
    Token,
    TokenInvalidError,
)
from xogql.auth.vigil import Claims, Over, Vigil, Watch, is_in
from xogql.game import GameId, NotAPlayerError, PlayerId
from xogql.live.jobs import running
from xogql.live.together import Together
from xogql.store.codec import GAMES, PLAYERS
from xogql.store.event_store import Stream, UnavailableError
from xogql.store.outages import outages
from xogql.store.states import Folded, States


class Accounts:
    """The use cases of who asks, and with which token."""

    def __init__(
        self,
        door: Door,
        sessions: Sessions,
        members: Together[Stream[player.Event], Folded[player.Player]],
        games: States[game.State, game.Event],
        vigil: Vigil,
    ) -> None:
        self._door = door
        self._sessions = sessions
        self._members = members
        self._games = games
        self._vigil = vigil

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
                    better = await self._door.passwords.hash(password)
                    await self._door.credentials.keep(player_id, better)
            return await self._sessions.begin(player_id, player.LogIn)

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
        await self._sessions.carry_out(
            claims.player_id, player.IssueIntratoken(game_id, token_id, claims.session, ends)
        )
        return token

    async def claims_of(self, authorization: str) -> Claims:
        """Tell who asks, by the value of `Authorization`; the log knows whom it was revoked.

        Raises:
            TokenRefusedError: if the token is expired, revoked or none of ours.
        """
        claims = self._door.tokens.read(authorization)
        stream = Stream(PLAYERS, claims.player_id)
        state = (await self._members.of([stream]))[stream].state
        if isinstance(state, player.Nobody):
            raise TokenInvalidError
        if not is_in(state, claims.session):
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
