"""Openings: a position of a game that is over, for another game to begin from."""

from xogql import game
from xogql.game import (
    Absent,
    Cancelled,
    CommandRejectedError,
    Finished,
    Game,
    GameId,
    GameNotOverError,
    Opening,
)
from xogql.store.codec import GAMES
from xogql.store.event_store import Stream
from xogql.store.states import Folded, States


class VersionNotFoundError(CommandRejectedError):
    """The game has no such version."""


async def opening_of(
    states: States[game.State, game.Event], game_id: GameId, present: Folded[Game], version: int
) -> Opening:
    """Give the position that a game had come to at a version.

    The present state of the game is given by the caller, who may see it. A game that is not over
    gives none: to try its moves out would help whoever plays it.

    Raises:
        GameNotOverError: if it is not over.
        VersionNotFoundError: if it has no such version.
        EventStoreError: if it cannot be read.
    """
    if not isinstance(present.state, Finished | Cancelled):
        raise GameNotOverError
    if version > present.version:
        raise VersionNotFoundError
    state = (await states.at(Stream(GAMES, game_id), version)).state
    if isinstance(state, Absent):
        raise VersionNotFoundError
    return Opening(game_id, version, tuple(move.cell for move in state.moves))
