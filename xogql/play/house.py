"""The house: an opponent who is always there, a player for each level, the same in every log."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from xogql import player
from xogql.game import CommandRejectedError, PlayerId, Rules
from xogql.game.bots import Level, levels
from xogql.play.handler import Handler, Order
from xogql.store.codec import PLAYERS
from xogql.store.event_store import Stream
from xogql.store.names import name_known_as

HOUSE: Mapping[Level, PlayerId] = MappingProxyType(
    {level: PlayerId(name_known_as(PLAYERS, f"house {level}")) for level in Level}
)
LEVELS: Mapping[str, Level] = MappingProxyType({each: level for level, each in HOUSE.items()})
"""The level that a player of the house plays at."""

_EMPLOYMENT = UUID("0b3f7c53-6d0e-4f3b-9b1c-52a8d1c0e7aa")


class LevelNotAvailableError(CommandRejectedError):
    """The house does not play by these rules at that level."""


class House:
    """Has the players of the house sign up, as often as one likes: each does once."""

    def __init__(self, handler: Handler[player.Command, player.Player, player.Event]) -> None:
        self._handler = handler
        self._open = False

    async def open(self) -> None:
        """See that the log has all its players.

        Raises:
            EventStoreError: if the log cannot be reached.
        """
        if self._open:
            return
        for level, player_id in HOUSE.items():
            order = Order(player.Employ(username(level)), player_id, _EMPLOYMENT)
            await self._handler.handle(Stream(PLAYERS, player_id), order)
        self._open = True

    def levels(self, rules: Rules) -> Sequence[Level]:
        """Give the levels that it plays at by some rules, from the easiest."""
        return levels(rules) if rules.are_allowed else ()

    async def opponent(self, rules: Rules, level: Level) -> PlayerId:
        """Give the player of the house to play against.

        Raises:
            LevelNotAvailableError: if there is none of that level for these rules.
            EventStoreError: if the log cannot be reached.
        """
        if rules.are_allowed and level not in self.levels(rules):
            raise LevelNotAvailableError
        await self.open()
        return HOUSE[level]


def username(level: Level) -> str:
    """Give the name of the player of a level: with a space and a comma, so nobody's choice."""
    return f"The house, {level.lower()}"
