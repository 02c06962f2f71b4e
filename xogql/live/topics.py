"""Which lists an event is news to: the topics that are rung for it."""

from collections.abc import Iterator

from xogql import game
from xogql.game import PlayerId
from xogql.live.lobby import TOPIC as WAITING
from xogql.store.codec import Event

PLAYING = "lobby-playing"


def of_player(player: PlayerId) -> str:
    """Name what is rung when a player gets a seat."""
    return f"seats-{player}"


def topics_of(event: Event) -> Iterator[str]:
    """Name the lists that an event may have changed."""
    match event:
        case game.GameCreated(creator):
            yield from (WAITING, of_player(creator))
        case game.PlayerJoined(player):
            yield from (WAITING, PLAYING, of_player(player))
        case game.GameEnded():
            yield PLAYING
        case game.GameCancelled():
            yield WAITING
        case _:
            return
