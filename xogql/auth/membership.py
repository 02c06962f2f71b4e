"""Who somebody is: signed up, a guest, a guest who became a member, a member by another name."""

from functools import partial

from xogql import player
from xogql.auth.guestnames import guest_names, usernames_like
from xogql.auth.passwords import check_password, check_username
from xogql.auth.refusals import TooManyAttemptsError, UsernameTakenError
from xogql.auth.sessions import Door, Session, Sessions
from xogql.auth.throttle import guest_key, rename_key, sign_up_key
from xogql.auth.tokens import AccessClaims
from xogql.game import PlayerId
from xogql.readmodels.players import Players
from xogql.store.codec import PLAYERS
from xogql.store.event_store import TakenError, UnavailableError
from xogql.store.names import new_name
from xogql.store.outages import outages

SUGGESTIONS = 3


class Membership:
    """The use cases of having a name."""

    def __init__(self, door: Door, sessions: Sessions, players: Players) -> None:
        self._door = door
        self._sessions = sessions
        self._players = players

    async def sign_up(self, username: str, password: str, address: str) -> Session:
        """Make a player and log them in.

        Raises:
            AuthRefusedError: if the name or password may not be, is taken, or too many were made.
            OverloadedError: if too many passwords wait.
            EventStoreError: if the log or what stands beside it cannot be reached.
        """
        await self._check(username, password, address)
        with outages(UnavailableError):
            hashed = await self._door.passwords.hash(password)
            player_id = PlayerId(new_name(PLAYERS))
            # Kept first: a hash without a player is harmless, a player without a hash locked out.
            await self._door.credentials.keep(player_id, hashed)
            try:
                return await self._sessions.begin(player_id, partial(player.SignUp, username))
            except TakenError as error:
                await self._door.credentials.forget(player_id)
                raise await self._taken(username) from error

    async def play_as_guest(self, address: str) -> Session:
        """Make a player of a made-up name.

        Raises:
            TooManyAttemptsError: if there were too many from this address.
            EventStoreError: if the log or what stands beside it cannot be reached.
        """
        with outages(UnavailableError):
            limit = self._door.limits.guests_per_address
            await self._door.throttle.take(guest_key(address), limit)
            player_id = PlayerId(new_name(PLAYERS))
            for name in await self._players.free(guest_names()):
                try:
                    command = partial(player.PlayAsGuest, name)
                    return await self._sessions.begin(player_id, command, kind=player.Kind.GUEST)
                except TakenError:
                    continue
        raise TooManyAttemptsError(retry_after=1)

    async def claim(self, claims: AccessClaims, username: str, password: str, address: str) -> None:
        """Make a guest a member; the player stays the same.

        Raises:
            AuthRefusedError: as by `sign_up`.
            AlreadyAMemberError: if they are no guest.
            TokenRevokedError: if the session is over.
            OverloadedError: if too many passwords wait.
            EventStoreError: if the log or what stands beside it cannot be reached.
        """
        if await self._sessions.kind_of(claims.player_id) is not player.Kind.GUEST:
            raise player.AlreadyAMemberError
        await self._check(username, password, address)
        command = player.ClaimAccount(username, claims.session)
        with outages(UnavailableError):
            hashed = await self._door.passwords.hash(password)
            await self._door.credentials.keep_for_guest(claims.player_id, hashed)
            await self._take_name(claims.player_id, username, command)
            # Of two claims at once the one that won has the say, also over the password.
            await self._door.credentials.keep(claims.player_id, hashed)

    async def change_username(self, claims: AccessClaims, username: str) -> None:
        """Give a member another name; the one before is free again.

        Raises:
            AuthRefusedError: if the name may not be, is taken, or was changed too often.
            NotAMemberError: if they are a guest.
            TokenRevokedError: if the session is over.
            EventStoreError: if the log or what stands beside it cannot be reached.
        """
        if await self._sessions.kind_of(claims.player_id) is not player.Kind.MEMBER:
            raise player.NotAMemberError
        check_username(username)
        limit = self._door.limits.renames_per_player
        with outages(UnavailableError):
            await self._door.throttle.take(rename_key(claims.player_id), limit)
            if await self._players.named(username) not in (None, claims.player_id):
                raise await self._taken(username)
            command = player.ChangeUsername(username, claims.session)
            await self._take_name(claims.player_id, username, command)

    async def _check(self, username: str, password: str, address: str) -> None:
        """Refuse what can be refused before a password is hashed, and count the attempt."""
        check_username(username)
        check_password(password)
        limit = self._door.limits.sign_ups_per_address
        with outages(UnavailableError):
            await self._door.throttle.take(sign_up_key(address), limit)
            if await self._players.named(username) is not None:
                raise await self._taken(username)

    async def _take_name(self, player_id: PlayerId, username: str, command: player.Command) -> None:
        try:
            await self._sessions.carry_out(player_id, command)
        except TakenError as error:
            raise await self._taken(username) from error

    async def _taken(self, username: str) -> UsernameTakenError:
        free = await self._players.free(usernames_like(username))
        return UsernameTakenError(free[:SUGGESTIONS])
