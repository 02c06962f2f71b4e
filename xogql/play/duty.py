"""What the house has to do in a game: the game's state tells it, so that nothing can lose it."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from xogql.game import Finished, GameId, Mark, PlayerId, Playing, State
from xogql.game.bots import Level
from xogql.play.house import LEVELS

_SPACE = UUID("5c1b2b0e-9f0a-4a3f-8d3c-6c5a2d7e9b41")


@dataclass(frozen=True, slots=True)
class Duty:
    """A move that a *player* of the house, who has *mark*, owes an *opponent*."""

    player: PlayerId
    mark: Mark
    opponent: PlayerId

    @property
    def level(self) -> Level:
        """How well the player plays."""
        return LEVELS[self.player]


def duty_in(state: State) -> Duty | None:
    """Tell what the house has to do, if it sits in a game and has."""
    if not isinstance(state, Playing | Finished):
        return None
    for mark, player, opponent in ((Mark.X, state.x, state.o), (Mark.O, state.o, state.x)):
        if player in LEVELS and state.turn is mark:
            return Duty(player, mark, opponent)
    return None


def command_id(game_id: GameId, version: int) -> UUID:
    """Give the one id of what the house does at a version, whichever process does it."""
    return uuid5(_SPACE, f"{game_id} {version}")
