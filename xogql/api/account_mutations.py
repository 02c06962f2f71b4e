"""Commands of who somebody is: a sign-up, a guest, a login, a name."""

from typing import Annotated, TypeAlias

import strawberry

from xogql import player
from xogql.api.context import Info
from xogql.api.game_type import player_of
from xogql.api.inputs import WISH, ChangeUsernameInput, ClaimAccountInput, LoginInput, SignUpInput
from xogql.api.rejections import AccountRejection, InputRejection, RejectionCode
from xogql.api.results import (
    ChangeUsernameResult,
    ChangeUsernameSuccess,
    ClaimAccountResult,
    ClaimAccountSuccess,
    LoginResult,
    LogoutSuccess,
    PlayAsGuestResult,
    Session,
    SignUpResult,
)
from xogql.auth.refusals import (
    AuthRefusedError,
    PasswordNotAllowedError,
    TooManyAttemptsError,
    UsernameNotAllowedError,
    UsernameTakenError,
)

_Outside: TypeAlias = UsernameNotAllowedError | PasswordNotAllowedError
_OUTSIDE = (UsernameNotAllowedError, PasswordNotAllowedError)
_REFUSED = (AuthRefusedError, player.AlreadyAMemberError, player.NotAMemberError)


@strawberry.type
class AccountMutation:
    """Commands about the player who asks."""

    @strawberry.mutation
    async def sign_up(
        self,
        info: Info,
        given: Annotated[SignUpInput, strawberry.argument(name="input", description=WISH)],
    ) -> SignUpResult:
        """Become a player."""
        members, address = info.context.services.members, info.context.address
        try:
            return Session.of(await members.sign_up(given.username, given.password, address))
        except _OUTSIDE as refused:
            return _input_rejection(refused)
        except AuthRefusedError as refused:
            return _account_rejection(refused)

    @strawberry.mutation
    async def play_as_guest(self, info: Info) -> PlayAsGuestResult:
        """Become a player of a made-up name, who can claim an account later."""
        members, address = info.context.services.members, info.context.address
        try:
            return Session.of(await members.play_as_guest(address))
        except AuthRefusedError as refused:
            return _account_rejection(refused)

    @strawberry.mutation
    async def claim_account(
        self,
        info: Info,
        given: Annotated[ClaimAccountInput, strawberry.argument(name="input", description=WISH)],
    ) -> ClaimAccountResult:
        """Give a guest a username and a password; the player, their games and tokens stay."""
        claims, address = info.context.signed_in, info.context.address
        members = info.context.services.members
        try:
            await members.claim(claims, given.username, given.password, address)
        except _OUTSIDE as refused:
            return _input_rejection(refused)
        except _REFUSED as refused:
            return _account_rejection(refused)
        return ClaimAccountSuccess(player=player_of(claims.player_id))

    @strawberry.mutation
    async def change_username(
        self,
        info: Info,
        given: Annotated[ChangeUsernameInput, strawberry.argument(name="input", description=WISH)],
    ) -> ChangeUsernameResult:
        """Take another username; anybody may take the one before."""
        claims = info.context.signed_in
        try:
            await info.context.services.members.change_username(claims, given.username)
        except UsernameNotAllowedError as refused:
            return _input_rejection(refused)
        except _REFUSED as refused:
            return _account_rejection(refused)
        return ChangeUsernameSuccess(player=player_of(claims.player_id))

    @strawberry.mutation
    async def login(
        self,
        info: Info,
        given: Annotated[LoginInput, strawberry.argument(name="input", description=WISH)],
    ) -> LoginResult:
        """Begin a session."""
        accounts, address = info.context.services.accounts, info.context.address
        try:
            return Session.of(await accounts.log_in(given.username, given.password, address))
        except AuthRefusedError as refused:
            return _account_rejection(refused)

    @strawberry.mutation
    async def renew_session(self, info: Info) -> Session:
        """Take another access token for this session before the one that asks expires."""
        return Session.of(await info.context.services.sessions.renew(info.context.signed_in))

    @strawberry.mutation
    async def logout(self, info: Info) -> LogoutSuccess:
        """End this session: its access tokens and intratokens are refused from now on."""
        claims = info.context.signed_in
        await info.context.services.sessions.log_out(claims)
        return LogoutSuccess(player=player_of(claims.player_id))

    @strawberry.mutation
    async def logout_everywhere(self, info: Info) -> LogoutSuccess:
        """End all of the player's sessions."""
        claims = info.context.signed_in
        await info.context.services.sessions.log_out_everywhere(claims)
        return LogoutSuccess(player=player_of(claims.player_id))


def _input_rejection(refused: _Outside) -> InputRejection:
    field = "username" if isinstance(refused, UsernameNotAllowedError) else "password"
    return InputRejection(code=RejectionCode(refused.code), message=str(refused), field=field)


def _account_rejection(
    refused: AuthRefusedError | player.AlreadyAMemberError | player.NotAMemberError,
) -> AccountRejection:
    wait = refused.retry_after if isinstance(refused, TooManyAttemptsError) else None
    free = refused.suggestions if isinstance(refused, UsernameTakenError) else ()
    return AccountRejection(
        code=RejectionCode(refused.code),
        message=str(refused),
        retry_after=wait,
        suggestions=list(free),
    )
