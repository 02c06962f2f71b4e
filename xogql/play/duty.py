"""What the house has to do in a game: the game's state tells it, so that nothing can lose it."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from xogql.game import Finished, GameId, Mark, OfferKind, PlayerId, Playing, State
from xogql.game.bots import Level
from xogql.play.house import LEVELS

_SPACE = UUID("5c1b2b0e-9f0a-4a3f-8d3c-6c5a2d7e9b41")


@dataclass(frozen=True, slots=True)
class Duty:
    """What a *player* of the house, who has *mark*, owes an *opponent*.

    That is an answer to what they *offer*, or else a move.
    """

    player: PlayerId
    mark: Mark
    opponent: PlayerId
    offer: OfferKind | None
    is_to_move: bool

    @property
    def level(self) -> Level:
        """How well the player plays."""
        return LEVELS[self.player]


def duty_in(state: State) -> Duty | None:
    """Tell what the house has to do, if it sits in a game and has."""
    if not isinstance(state, Playing | Finished):
        return None
    pairing = state.pairing
    if pairing.x in LEVELS:
        return _duty(state, Mark.X, pairing.x, pairing.o)
    if pairing.o in LEVELS:
        return _duty(state, Mark.O, pairing.o, pairing.x)
    return None


def command_id(game_id: GameId, version: int) -> UUID:
    """Give the one id of what the house does at a version, whichever process does it."""
    return uuid5(_SPACE, f"{game_id} {version}")


def _duty(
    state: Playing | Finished, mark: Mark, player: PlayerId, opponent: PlayerId
) -> Duty | None:
    offers = [each.kind for each in state.offers if each.mark is mark.other]
    is_to_move = state.turn is mark
    if not offers and not is_to_move:
        return None
    return Duty(player, mark, opponent, next(iter(offers), None), is_to_move)
