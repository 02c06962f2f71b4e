"""Orders in a game: carried out, and answered with a success or a refusal that heals."""

from collections.abc import Awaitable
from typing import Protocol, TypeVar
from uuid import UUID

import strawberry

from xogql import game
from xogql.api.context import Info
from xogql.api.game_type import Game, game_of
from xogql.api.rejections import GameRejection, RejectionCode
from xogql.game import CommandRejectedError, GameId
from xogql.play.handler import Accepted, Answer, Order
from xogql.store.codec import GAMES
from xogql.store.event_store import Stream

Success_co = TypeVar("Success_co", covariant=True)


class Success(Protocol[Success_co]):
    """The type of a mutation's answer when it was carried out."""

    def __call__(self, *, game: Game) -> Success_co:
        """Make the answer of the game as the command left it."""
        ...


class InGame(Protocol):
    """The input of a command in a game that has begun."""

    game_id: strawberry.ID
    expected_version: int | None
    command_id: UUID | None


def handle(
    info: Info, game_id: GameId, order: Order[game.Command]
) -> Awaitable[Answer[game.State, game.Event]]:
    """Carry out an order."""
    return info.context.services.handler.handle(Stream(GAMES, game_id), order)


async def in_game(
    info: Info, given: InGame, command: game.Command, success: Success[Success_co]
) -> Success_co | GameRejection:
    """Carry out what a player does in a game of which they hold an intratoken: it exists."""
    game_id = GameId(given.game_id)
    return answered(game_id, await handle(info, game_id, order_of(given, command)), success)


def order_of(given: InGame, command: game.Command) -> Order[game.Command]:
    """Make an order of a command and the input that it was made of."""
    return Order(command, command.by, given.command_id, given.expected_version)


def answered(
    game_id: GameId, answer: Answer[game.State, game.Event], success: Success[Success_co]
) -> Success_co | GameRejection:
    """Present what came of an order in a game that exists."""
    present = game_of(game_id, answer.folded)
    if isinstance(answer, Accepted):
        return success(game=present)
    return rejection(answer.reason, present)


def rejection(reason: CommandRejectedError, present: Game) -> GameRejection:
    """Present a refusal with the game that it was refused in."""
    return GameRejection(code=RejectionCode(reason.code), message=str(reason), game=present)
