"""What mutations answer: a success, or one of the refusals that can come of it."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from xogql.api.game_type import Game, Player, player_of
from xogql.api.rejections import (
    AccountRejection,
    GameNotFoundRejection,
    GameRejection,
    InputRejection,
)
from xogql.auth import sessions, tokens


@strawberry.type
class Session:
    """A player who is signed in: send `Authorization: <tokenType> <accessToken>`."""

    access_token: str = strawberry.field(description="Names the player until it expires.")
    token_type: str = strawberry.field(description='"Bearer".')
    expires_at: datetime = strawberry.field(description="When the token expires.")
    player: Player = strawberry.field(description="Who is signed in.")

    @classmethod
    def of(cls, session: sessions.Session) -> "Session":
        """Present a session."""
        return cls(
            access_token=session.token.value,
            token_type=session.token.kind.value,
            expires_at=session.token.expires_at,
            player=player_of(session.player_id),
        )


@strawberry.type
class Intratoken:
    """A token that names a player in one game and is good for nothing else."""

    access_token: str = strawberry.field(description="Commands and follows that game.")
    token_type: str = strawberry.field(description='"Intra".')
    expires_at: datetime = strawberry.field(description="When the token expires.")

    @classmethod
    def of(cls, token: tokens.Token) -> "Intratoken":
        """Present a token."""
        return cls(
            access_token=token.value, token_type=token.kind.value, expires_at=token.expires_at
        )


@strawberry.type
class LogoutSuccess:
    """The session, or all of the player's, are over; their tokens are refused from now on."""

    player: Player = strawberry.field(description="Who has logged out.")


@strawberry.type
class ClaimAccountSuccess:
    """The guest is a member: from now on they can log in."""

    player: Player = strawberry.field(description="Who they are, the same as before.")


@strawberry.type
class ChangeUsernameSuccess:
    """The player has another username."""

    player: Player = strawberry.field(description="Who has it.")


@strawberry.type
class CreateGameSuccess:
    """The game was created: it waits for an opponent, or has begun against the house."""

    game: Game = strawberry.field(description="The game at the version that this brought it to.")


@strawberry.type
class JoinGameSuccess:
    """The seat was taken and the game began."""

    game: Game = strawberry.field(description="The game at the version that this brought it to.")


@strawberry.type
class MakeMoveSuccess:
    """The mark was written."""

    game: Game = strawberry.field(description="The game at the version that this brought it to.")


@strawberry.type
class ResignSuccess:
    """The game was given to the opponent."""

    game: Game = strawberry.field(description="The game at the version that this brought it to.")


@strawberry.type
class CancelGameSuccess:
    """The game was taken back."""

    game: Game = strawberry.field(description="The game at the version that this brought it to.")


SignUpResult: TypeAlias = Annotated[
    Session | InputRejection | AccountRejection,
    strawberry.union("SignUpResult", description="A session, or why there is none."),
]
LoginResult: TypeAlias = Annotated[
    Session | AccountRejection,
    strawberry.union("LoginResult", description="A session, or why there is none."),
]
PlayAsGuestResult: TypeAlias = Annotated[
    Session | AccountRejection,
    strawberry.union("PlayAsGuestResult", description="A session, or why there is none."),
]
ClaimAccountResult: TypeAlias = Annotated[
    ClaimAccountSuccess | InputRejection | AccountRejection,
    strawberry.union("ClaimAccountResult", description="The player, or why they stay a guest."),
]
ChangeUsernameResult: TypeAlias = Annotated[
    ChangeUsernameSuccess | InputRejection | AccountRejection,
    strawberry.union("ChangeUsernameResult", description="The player, or why the name stays."),
]
IssueIntratokenResult: TypeAlias = Annotated[
    Intratoken | GameRejection | GameNotFoundRejection,
    strawberry.union("IssueIntratokenResult", description="A token, or why there is none."),
]
CreateGameResult: TypeAlias = Annotated[
    CreateGameSuccess | InputRejection | GameRejection,
    strawberry.union("CreateGameResult", description="The game, or why it was not created."),
]
JoinGameResult: TypeAlias = Annotated[
    JoinGameSuccess | GameRejection | GameNotFoundRejection,
    strawberry.union("JoinGameResult", description="The game, or why it was not joined."),
]
MakeMoveResult: TypeAlias = Annotated[
    MakeMoveSuccess | GameRejection,
    strawberry.union("MakeMoveResult", description="The game, or why the move was refused."),
]
ResignResult: TypeAlias = Annotated[
    ResignSuccess | GameRejection,
    strawberry.union("ResignResult", description="The game, or why it was not resigned."),
]
CancelGameResult: TypeAlias = Annotated[
    CancelGameSuccess | GameRejection,
    strawberry.union("CancelGameResult", description="The game, or why it was not cancelled."),
]
