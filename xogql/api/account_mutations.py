"""What is done at the door: each appends to the stream of a player."""

from typing import Annotated

import strawberry

from xogql.api.context import Info
from xogql.api.game_type import player_of
from xogql.api.inputs import WISH, LoginInput, SignUpInput
from xogql.api.rejections import AccountRejection, InputRejection, RejectionCode
from xogql.api.results import LoginResult, LogoutSuccess, Session, SignUpResult
from xogql.auth.refusals import (
    AuthRefusedError,
    PasswordNotAllowedError,
    TooManyAttemptsError,
    UsernameNotAllowedError,
)


@strawberry.type
class AccountMutation:
    """The mutations of an account."""

    @strawberry.mutation
    async def sign_up(
        self,
        info: Info,
        given: Annotated[SignUpInput, strawberry.argument(name="input", description=WISH)],
    ) -> SignUpResult:
        """Become a player."""
        try:
            return Session.of(
                await info.context.services.accounts.sign_up(
                    given.username, given.password, info.context.address
                )
            )
        except (UsernameNotAllowedError, PasswordNotAllowedError) as refused:
            field = "username" if isinstance(refused, UsernameNotAllowedError) else "password"
            return InputRejection(
                code=RejectionCode(refused.code), message=str(refused), field=field
            )
        except AuthRefusedError as refused:
            return _account_rejection(refused)

    @strawberry.mutation
    async def login(
        self,
        info: Info,
        given: Annotated[LoginInput, strawberry.argument(name="input", description=WISH)],
    ) -> LoginResult:
        """Begin a session."""
        try:
            return Session.of(
                await info.context.services.accounts.log_in(
                    given.username, given.password, info.context.address
                )
            )
        except AuthRefusedError as refused:
            return _account_rejection(refused)

    @strawberry.mutation
    async def logout(self, info: Info) -> LogoutSuccess:
        """End this session: its access token and intratokens are refused from now on."""
        claims = info.context.signed_in
        await info.context.services.accounts.log_out(claims)
        return LogoutSuccess(player=player_of(claims.player_id))

    @strawberry.mutation
    async def logout_everywhere(self, info: Info) -> LogoutSuccess:
        """End all of the player's sessions."""
        claims = info.context.signed_in
        await info.context.services.accounts.log_out_everywhere(claims)
        return LogoutSuccess(player=player_of(claims.player_id))


def _account_rejection(refused: AuthRefusedError) -> AccountRejection:
    wait = refused.retry_after if isinstance(refused, TooManyAttemptsError) else None
    return AccountRejection(
        code=RejectionCode(refused.code), message=str(refused), retry_after=wait
    )
